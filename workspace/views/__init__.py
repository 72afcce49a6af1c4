"""The product's pages and API: read the request, call one service or selector, answer."""
