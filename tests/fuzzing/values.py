"""Values that programs trip over, and the names under which to send them."""

from random import Random

from exhibitors.forms.parameters import PARAMETERS

ODD = (
    *("", " ", "0", "-1", "1", "2", "00", "01", "1.5", "1e9", "９", "²", "٣", "NaN", "Infinity", "None"),
    *("null", "true", "[]"),
    *("9" * 18, "9223372036854775807", "9223372036854775808", "9" * 40, "-" + "9" * 40, "9" * 5000),
    *("\x00", "a\x00b", "\x1b", "\x7f", "\r\n", "\u2028", "\ufeff", "\u200b", "\u202e", "\ufffd", "\ud7ff"),
    *("\U0010ffff",),
    *("구름", "ㄱㄹ", "가" * 300, "ㅇ" * 60, "e\u0301", "ﷺ", "İ", "ß", "👩‍👩‍👧", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A"),
    *("'", '"', "`", "<script>", "--", ";", "' OR 1=1 --", "%", "%s", "%(x)s", "%%", "_", "\\", "{{7*7}}"),
    *("${7*7}", "{0}"),
    *("..", "../../etc/passwd", "/", "//", ".", "a/b", "a?b", "a#b", "a&b=c", "C:\\x", "file:///etc/passwd"),
    *("javascript:x",),
    *("2024", "2024-02-30", "2024-10-22T00:00", "24:61", "0000-00-00", "9999-12-31", "ko", "en", "2023"),
    *("innovation",),
    *("A-01", "machinery", "cooperation", "joined", "evar", "xlsx", "withdraw", "publish", "hall", "booth"),
    *("a3", "large"),
    *("x" * 300, "x " * 500, "(" * 300, "a|" * 200, "*" * 100, "가나 다라 " * 100),
)

NAMES = (
    *sorted(PARAMETERS),
    *("edition", "o", "p", "all", "e", "_facets", "_popup", "_to_field", "_changelist_filters", "next", "back"),
    *("id__in",),
    *("state", "state__exact", "is_sample__exact", "pk", "id", "section", "sheet", "row", "encoding"),
    *("language", "role"),
    *("app_label", "model_name", "field_name", "term", "edition__slug", "booths__number__regex"),
    *("password__startswith",),
    *("is_active__exact", "state__isnull", "edition__id__exact", "created_at__gte", "filter", "limit"),
    *("offset", "format"),
)

FIELDS = (
    *NAMES,
    *("action", "_selected_action", "select_across", "index", "apply", "reason", "post", "_save", "_continue"),
    *("_addanother",),
    *("username", "password", "code", "recovery_code", "renew", "turn_off", "other", "token", "download"),
    *("form", "file"),
    *("name_ko", "name_en", "slug", "number", "numbers", "hall", "booth_list", "industry_list", "company_code"),
    *("homepage",),
    *("products-TOTAL_FORMS", "products-INITIAL_FORMS", "products-0-id", "products-0-name_ko"),
    *("products-0-exhibitor",),
    *("members-TOTAL_FORMS", "members-INITIAL_FORMS", "members-0-exhibitor", "form-TOTAL_FORMS"),
    *("form-INITIAL_FORMS",),
    *("form-0-id", "form-0-position", "seen_version", "logo", "logo-clear", "starts_on", "opens_at", "email"),
    *("phone",),
    *("x", "y", "width", "depth", "position", "groups", "password1", "password2", "usable_password"),
    *("is_superuser",),
    *("key", "part", "others", "pattern", "parts", "chosen", "new_slug", "one", "other", "order"),
    *("csrfmiddlewaretoken",),
)

ACTIONS = (
    *("delete_selected", "publish", "make_draft", "withdraw", "assign_hall", "assign_industry"),
    *("remove_industry",),
    *("export_selection", "unlock", "reset_second_factor", "renumber", "nothing", ""),
)


def odd(random: Random) -> str:
    """One of these, sometimes two in a row, or a character or number out of the whole range."""
    dice = random.random()
    if dice < 0.75:
        return random.choice(ODD)
    if dice < 0.85:
        return random.choice(ODD) + random.choice(ODD)
    if dice < 0.95:
        return "".join(chr(_scalar(random)) for _ in range(random.randrange(1, 9)))
    return str(random.getrandbits(random.choice((8, 16, 31, 32, 63, 64, 128))))


def _scalar(random: Random) -> int:
    """A code point that can be encoded."""
    point = random.randrange(0x110000)
    return point if not 0xD800 <= point < 0xE000 else 0xD7FF
