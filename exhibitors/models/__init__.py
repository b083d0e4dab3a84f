"""What is stored: one module a subject."""

from exhibitors.models.booth import Booth, BoothAssignment, BoothMove
from exhibitors.models.collaboration import Collaboration, CollaborationMember
from exhibitors.models.data_change import DataChange
from exhibitors.models.edition import Edition
from exhibitors.models.exhibitor import Exhibitor, ExhibitorIndustry
from exhibitors.models.facility import Facility
from exhibitors.models.hall import NO_VALUE, Colour, Hall, Theme
from exhibitors.models.import_run import ImportFile, ImportRun
from exhibitors.models.industry import Industry
from exhibitors.models.lookups import Among
from exhibitors.models.preflight import PreflightMark
from exhibitors.models.print_run import PrintRun
from exhibitors.models.product import Product
from exhibitors.models.search import Synonym, VainSearch

__all__ = [
    "NO_VALUE",
    "Among",
    "Booth",
    "BoothAssignment",
    "BoothMove",
    "Collaboration",
    "CollaborationMember",
    "Colour",
    "DataChange",
    "Edition",
    "Exhibitor",
    "ExhibitorIndustry",
    "Facility",
    "Hall",
    "ImportFile",
    "ImportRun",
    "Industry",
    "PreflightMark",
    "PrintRun",
    "Product",
    "Synonym",
    "Theme",
    "VainSearch",
]
