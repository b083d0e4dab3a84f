"""Addresses of the public pages of one edition, below /<language>/<edition>/."""

from django.urls import path

from exhibitors.views import booth, changes, directory, downloads, exhibitor, home, parts, print_runs, printing

urlpatterns = [
    path("", home.home, name="home"),
    path("exhibitors/", directory.exhibitor_list, name="exhibitors"),
    path("exhibitors.csv", downloads.spreadsheet, {"form": "csv"}, name="exhibitors_csv"),
    path("exhibitors.xlsx", downloads.spreadsheet, {"form": "xlsx"}, name="exhibitors_xlsx"),
    path("exhibitors.json", downloads.json_list, name="exhibitors_json"),
    path("suggestions/", directory.suggestions, name="suggestions"),
    path("exhibitors/<slug:slug>/", exhibitor.exhibitor_page, name="exhibitor"),
    path("halls/", parts.hall_list, name="halls"),
    path("halls/<slug:code>/", parts.hall_page, name="hall"),
    path("themes/<slug:code>/", parts.theme_page, name="theme"),
    path("industries/", parts.industry_list, name="industries"),
    path("industries/<slug:slug>/", parts.industry_page, name="industry"),
    path("collaborations/<slug:slug>/", parts.collaboration_page, name="collaboration"),
    path("changes/", changes.changes, name="changes"),
    path("changes.xml", changes.changes_feed, name="changes_feed"),
    path("print/booths/", printing.booth_list, name="print_booths"),
    path("print/runs/<int:number>/", print_runs.run_page, name="print_run"),
    path("print/runs/<int:number>/errata/", print_runs.errata_page, name="print_run_errata"),
    path("r/<int:number>/", print_runs.check_page, name="run_check"),  # short: it stands in QR codes, as the next does
    path("b/<slug:hall>/<path:number>/", booth.booth_page, name="booth"),
    path("print/directory/", printing.directory, name="print_directory"),
    path("print/pages/", printing.pages, name="print_pages"),
    path("print/signs/", printing.booth_signs, name="print_signs"),
]
