// Copy buttons, a form that is sent once and says so, an address that can be reloaded. Must not be
// needed: the page works without it.

const page = document.querySelector(".scim");

// The answer to a form stands at the form's address; reloading it would send the form again.
const address = page.dataset.scimAddress;
if (address && address !== location.pathname) {
  history.replaceState(null, "", address);
}

for (const button of page.querySelectorAll("[data-scim-copy]")) {
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await copy(document.getElementById(button.dataset.scimCopy));
    button.textContent = button.dataset.scimCopied;
    page.querySelector("[data-scim-news]").textContent = button.dataset.scimCopied;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

for (const form of page.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.scimSent) event.preventDefault();
    form.dataset.scimSent = "yes";
    const button = form.querySelector("[data-scim-busy]");
    if (button) {
      button.textContent = button.dataset.scimBusy;
      button.setAttribute("aria-busy", "true");
    }
  });
}

// Back in the browser's history, the form may be sent again.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
  } catch {
    // Without https the clipboard is closed to pages; a selection can still be copied.
    getSelection().selectAllChildren(element);
    document.execCommand("copy");
  }
}
