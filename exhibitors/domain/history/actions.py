"""What organisers do, as the history names it."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Action(StrEnum):
    """Stored as a revision's comment, shown translated."""

    BEGIN = "begin"
    EDIT = "edit"
    PUBLISH = "publish"
    DRAFT = "draft"
    WITHDRAW = "withdraw"
    PLACE = "place"
    LINK = "link"
    BULK = "bulk"
    RENUMBER = "renumber"
    CARRY_OVER = "carry_over"
    IMPORT = "import"
    UNDO_IMPORT = "undo_import"
    RESTORE = "restore"
    DELETE = "delete"
    SAMPLE = "sample"


ACTION_LABELS = {
    Action.BEGIN: _("As it was when the history began"),
    Action.EDIT: _("Edited"),
    Action.PUBLISH: _("Published"),
    Action.DRAFT: _("Made a draft"),
    Action.WITHDRAW: _("Withdrawn"),
    Action.PLACE: _("Put on booths"),
    Action.LINK: _("Linked with another edition"),
    Action.BULK: _("Changed together with others"),
    Action.RENUMBER: _("Renumbered"),
    Action.CARRY_OVER: _("Carried over from another edition"),
    Action.IMPORT: _("Imported from a spreadsheet"),
    Action.UNDO_IMPORT: _("Import undone"),
    Action.RESTORE: _("Restored"),
    Action.DELETE: _("Deleted"),
    Action.SAMPLE: _("Sample loaded or removed"),
}
