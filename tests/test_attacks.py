"""Known attacks, each with the tests that prove it is in vain; one that names no test fails."""

import ast
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent

ATTACKS = {
    "calling an address as somebody who may not": (
        "test_matrix.py::test_each_role_is_answered_as_the_table_says",
        "admin/test_access.py::test_a_stranger_changes_nothing_by_posting",
    ),
    "calling an address by another method": ("test_matrix.py::test_no_other_method_is_answered",),
    "formulas in exported spreadsheets": (
        "domain/exporting/test_files.py::test_what_looks_like_a_formula_is_defused_and_read_back_as_it_was",
        "domain/exporting/test_files.py::test_every_cell_of_a_workbook_is_text",
        "domain/importing/test_cells.py::test_what_looks_like_a_formula_is_written_behind_an_apostrophe",
        "views/test_downloads.py::test_what_looks_like_a_formula_is_defused",
    ),
    "a script in a text": (
        "admin/test_policy.py::test_a_name_full_of_markup_is_shown_as_text",
        "views/test_every_page.py::test_hostile_names_are_text_in_the_head",
        "views/test_every_page.py::test_a_page_loads_nothing_from_elsewhere_and_runs_nothing_of_its_own",
        "views/test_structured_data.py::test_no_name_ends_the_block_or_is_changed_by_it",
        "views/test_errors.py::test_every_page_forbids_inline_code_and_foreign_hosts",
    ),
    "a drawing (SVG) with a script as a logo": (
        "attacks/test_uploads.py::test_a_drawing_or_a_picture_that_is_a_script_is_refused",
        "models/test_pictures.py::test_what_cannot_be_read_is_refused_with_a_sentence",
    ),
    "a picture that is something else, too": (
        "attacks/test_uploads.py::test_a_picture_that_is_a_page_or_an_archive_too_is_stored_as_a_picture_alone",
        "models/test_pictures.py::test_what_hides_behind_a_png_is_dropped",
        "models/test_pictures.py::test_text_inside_a_picture_is_dropped",
    ),
    "a picture that unpacks to too many pixels": (
        "models/test_pictures.py::test_too_many_pixels_are_refused_by_the_header",
    ),
    "a path out of the folder of uploads": (
        "attacks/test_uploads.py::test_no_address_leads_out_of_the_folders_of_files",
        "attacks/test_uploads.py::test_no_name_of_a_picture_reaches_the_disk",
        "attacks/test_uploads.py::test_no_name_inside_a_workbook_reaches_the_disk",
        "admin/test_import_upload.py::test_the_uploaded_file_can_be_had_back",
    ),
    "an archive that swells (zip bomb)": (
        "domain/importing/test_archives.py::test_a_zip_bomb_is_refused",
        "domain/importing/test_archives.py::test_a_bomb_that_lies_about_its_size_is_refused",
        "domain/importing/test_archives.py::test_many_large_members_are_refused_together",
        "admin/test_import_upload.py::test_a_bad_file_is_refused_on_the_page_with_the_reason",
    ),
    "XML entities, foreign (XXE) or multiplied (billion laughs)": (
        "domain/importing/test_archives.py::test_xml_entities_are_refused",
        "domain/importing/test_archives.py::test_xml_entities_do_not_hide_in_another_encoding",
    ),
    "a spreadsheet of one huge cell, line or number of lines": (
        "domain/importing/test_delimited.py::test_a_cell_of_ten_megabytes_is_refused",
        "domain/importing/test_delimited.py::test_a_line_of_ten_megabytes_is_refused",
        "domain/importing/test_delimited.py::test_blank_lines_behind_the_last_row_that_is_read_are_not_kept",
        "domain/importing/test_markup.py::test_a_million_tables_are_no_spreadsheet",
    ),
    "another host in the header": (
        "attacks/test_requests.py::test_a_host_that_is_not_ours_is_refused",
        "attacks/test_requests.py::test_a_header_beside_the_host_changes_no_address_of_a_page",
        "page_store/test_layer.py::test_each_host_and_each_language_has_pages_of_its_own",
    ),
    "a way on to another site (open redirect)": (
        "attacks/test_requests.py::test_signing_in_leads_nowhere_else",
        "attacks/test_requests.py::test_a_forgotten_slash_or_language_leads_nowhere_else",
        "admin/test_second_factor.py::test_no_page_leads_to_another_site",
        "admin/test_language.py::test_the_switch_leads_nowhere_else",
        "admin/test_importing.py::test_no_way_back_leads_elsewhere",
    ),
    "a text that ends a header (response splitting)": ("attacks/test_requests.py::test_no_text_ends_a_header",),
    "a field that the form does not offer (mass assignment)": (
        "attacks/test_forms.py::test_an_editor_changes_no_column_that_the_form_does_not_offer",
        "attacks/test_forms.py::test_an_editor_changes_no_edition_and_a_reader_nothing_by_the_list",
        "attacks/test_forms.py::test_nobody_makes_accounts_or_roles_but_administrators",
        "attacks/test_forms.py::test_an_administrator_makes_nobody_a_superuser",
        "admin/test_roles.py::test_a_reader_cannot_send_what_no_form_offers",
    ),
    "a form sent by another site (CSRF)": (
        "attacks/test_requests.py::test_every_form_needs_its_token_against_forgery",
        "admin/test_import_access.py::test_every_post_needs_its_token_against_forgery",
    ),
    "our page in the frame of another (clickjacking)": (
        "attacks/test_requests.py::test_no_page_can_be_framed_or_taken_for_another_type",
    ),
    "a session that somebody planted (fixation)": (
        "attacks/test_requests.py::test_signing_in_changes_the_key_of_the_session",
        "attacks/test_requests.py::test_a_key_that_nobody_gave_out_is_not_taken_over",
    ),
    "a session that was left open or stolen": (
        "admin/test_sessions.py::test_an_idle_session_ends_on_the_server",
        "admin/test_sessions.py::test_signing_out_ends_the_session_on_the_server",
        "admin/test_sessions.py::test_changing_the_password_ends_the_other_sessions_and_keeps_this_one",
    ),
    "a cookie read by a script or sent unencrypted": (
        "attacks/test_requests.py::test_cookies_are_kept_from_scripts_and_other_sites",
        "attacks/test_requests.py::test_production_settings_are_the_safe_ones",
    ),
    "guessing passwords": (
        "admin/test_lockout.py::test_the_fifth_wrong_password_locks_and_the_right_one_comes_too_late",
        "admin/test_lockout.py::test_a_forged_header_is_no_way_around_behind_nginx",
        "admin/test_lockout.py::test_names_that_nobody_has_are_locked_alike",
    ),
    "guessing codes of the second factor": (
        "admin/test_second_factor.py::test_guessing_recovery_codes_is_slowed_down",
    ),
    "a page of one reader shown to another (cache poisoning)": (
        "page_store/test_attacks.py::test_a_page_of_an_organiser_is_shown_to_nobody_else",
        "page_store/test_attacks.py::test_no_spelling_of_an_address_gets_another_addresses_page",
        "page_store/test_layer.py::test_what_is_of_one_reader_is_not_kept",
        "page_store/test_layer.py::test_a_hidden_edition_is_never_kept",
    ),
    "filling the memory with pages": (
        "page_store/test_attacks.py::test_endless_addresses_take_no_more_room_than_there_is",
        "page_store/test_pages.py::test_the_least_recently_used_go_when_there_is_no_more_room",
    ),
    "whatever else a stranger may send": (
        "test_fuzz.py::test_no_generated_request_is_an_error_of_ours",
        "test_fuzz.py::test_no_broken_file_is_an_error_of_ours",
    ),
    "unsafe settings": ("test_environment.py::test_production_refuses_what_is_unsafe_and_says_what_to_do",),
    "a secret in the repository": ("test_secrets.py::test_no_file_of_the_repository_holds_a_secret",),
    "a package that was changed on its way": ("test_requirements.py::test_every_requirement_is_pinned_with_hashes",),
}


@cache
def functions_of(module: str) -> set[str]:
    """The test functions that pytest would collect from a module."""
    path = TESTS / module
    if not path.is_file():
        return set()
    return {node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_has_tests_that_prove_it_vain(attack: str) -> None:
    missing = [pointer for pointer in ATTACKS[attack] if not exists(pointer)]

    assert (missing, len(ATTACKS[attack]) > 0) == ([], True)


def exists(pointer: str) -> bool:
    module, _, test = pointer.partition("::")
    return test.startswith("test_") and test in functions_of(module)


@pytest.mark.parametrize(
    "bad", ["", "test_attacks.py", "test_attacks.py::exists", "test_nothing.py::test_x", "test_attacks.py::test_x"]
)
def test_a_pointer_that_leads_nowhere_is_noticed(bad: str) -> None:
    assert not exists(bad)
