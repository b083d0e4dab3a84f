"""The open data as one application: its version, its OpenAPI document, what it says to unknown addresses."""

from types import MappingProxyType

from django.http import HttpRequest, JsonResponse
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from exhibitors.views.api.operations import router


class Renderer(JSONRenderer):
    json_dumps_params = MappingProxyType({"ensure_ascii": False})  # Korean as it is takes half the bytes


class OpenData(NinjaAPI):
    """An API whose operations are called as their functions are, not by where these stand."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


api = OpenData(
    title="Expo directory: open data",
    version="1",
    urls_namespace="api",
    description=(
        "The public directory of a trade expo as JSON: editions, halls, industries, exhibitors, products and "
        "collaborations, exactly what the public pages show. Reading needs no key. Texts stand in two fields, "
        "Korean (_ko) and English (_en); an empty one is not translated. Every answer has an ETag: ask again with "
        "If-None-Match, and nothing is sent (304) where nothing has changed."
    ),
    renderer=Renderer(),
    docs_url=None,  # its page would fetch scripts from elsewhere; ours is views.api.documentation
)
api.add_router("", router)


def unknown(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"detail": "Not Found"}, status=404)
