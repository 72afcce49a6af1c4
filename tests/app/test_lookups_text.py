"""Text in a filter: names in any case, case-exact ones, wildcards, order (RFC 7644 §3.4.2.2)."""

from __future__ import annotations

from tests.app.directory import ADA, BOB, BOBX, ELODIE, YAMADA, ZOE, DirectoryTestCase


class TestText(DirectoryTestCase):
    def test_equality_ignores_case_and_form(self) -> None:
        assert self.users('userName eq "ADA@ACME.example"') == [ADA]
        assert self.users('name.familyName eq "strasse"') == [BOB, BOBX]
        assert self.users('displayName eq "E\u0301LODIE"') == [ELODIE]

    def test_inequality_is_true_of_those_without_a_value(self) -> None:
        assert self.users('title ne "ENGINEER"') == [BOB, ELODIE, YAMADA, ZOE]
        assert self.users('displayName ne "élodie"') == [ADA, BOB, BOBX, YAMADA, ZOE]

    def test_parts_are_found_anywhere_at_the_start_and_at_the_end(self) -> None:
        assert self.users('userName co "OB"') == [BOB, BOBX]
        assert self.users('userName sw "bobx"') == [BOBX]
        assert self.users('userName ew "ACME.EXAMPLE"') == [ADA, BOB, BOBX]
        assert self.users('title co "gin"') == [ADA, BOBX]

    def test_wildcards_are_ordinary_characters(self) -> None:
        assert self.users('displayName ew "100%"') == [BOB]
        assert self.users('displayName co "1_0"') == []
        assert self.users('userName co "B_1"') == [BOB]
        assert self.users('title co "\\\\ \\""') == [YAMADA]
        assert self.groups('displayName co "_c"') == ["Ground_Crew"]

    def test_order_is_that_of_code_points(self) -> None:
        assert self.users('userName gt "zoe"') == [ELODIE, YAMADA]
        assert self.users('userName ge "ZOE"') == [ELODIE, YAMADA, ZOE]
        assert self.users('title lt "zoologist"') == [ADA, BOBX]
        assert self.users('title le "zoologist"') == [ADA, BOBX, ELODIE]

    def test_presence_is_having_a_value(self) -> None:
        assert self.users("nickName pr") == [BOBX]
        assert self.users("name pr") == [ADA, BOB, BOBX, ELODIE]
        assert self.users("not (title pr)") == [BOB, ZOE]
        assert self.users("title eq null") == [BOB, ZOE]

    def test_an_empty_operand_equals_no_value(self) -> None:
        assert self.users('title eq ""') == []
        assert self.users('externalId eq ""') == []
        assert self.users('title co ""') == [ADA, BOBX, ELODIE, YAMADA]


class TestCaseExactText(DirectoryTestCase):
    def test_case_decides(self) -> None:
        """RFC 7643 §3.1: externalId is caseExact."""
        assert self.users('externalId eq "00uADA"') == [ADA]
        assert self.users('externalId eq "00uada"') == []
        assert self.users('externalId sw "00u"') == [ADA, BOB, YAMADA]
        assert self.users('externalId co "DA"') == [ADA]
        assert self.users('profileUrl ew "/Elodie"') == [ELODIE]
        assert self.users('profileUrl ew "/elodie"') == []

    def test_inequality_is_true_of_those_without_a_value(self) -> None:
        assert self.users('externalId ne "00uADA"') == [BOB, BOBX, ELODIE, YAMADA, ZOE]

    def test_those_without_a_value_come_before_nothing(self) -> None:
        assert self.users('externalId lt "00ua"') == [ADA, YAMADA]

    def test_a_wildcard_is_an_ordinary_character(self) -> None:
        assert self.users('externalId ew "%"') == [YAMADA]
