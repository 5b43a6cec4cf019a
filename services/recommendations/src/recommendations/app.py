from typing import Annotated

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from recommendations.request_log import RequestLog
from scoring import Affinity


class Recommendation(BaseModel):
    product_id: str = Field(serialization_alias="productId")
    because: str | None = None
    score: float


class RecommendationList(BaseModel):
    recommendations: list[Recommendation]


def create_app(affinity: Affinity) -> FastAPI:
    """The service over these affinities; every answer, errors too, is JSON, and each request is logged."""
    app = FastAPI(title="recommendations", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(RequestLog)

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/recommendations", response_model_exclude_none=True)
    async def recommend(
        ids: Annotated[str, Query(alias="for", max_length=2000)] = "",
        limit: Annotated[int, Query(ge=1, le=20)] = 3,
    ) -> RecommendationList:
        given = [product_id for product_id in ids.split(",") if product_id]
        return RecommendationList(
            recommendations=[
                Recommendation(product_id=score.item, because=score.because, score=round(score.value, 4))
                for score in affinity.rank(given, limit)
            ]
        )

    @app.exception_handler(HTTPException)
    async def refuse(_request: Request, error: HTTPException) -> JSONResponse:
        is_missing = error.status_code == 404
        message = "there is nothing at this path" if is_missing else str(error.detail)
        return _problem(error.status_code, "not_found" if is_missing else "refused", message)

    @app.exception_handler(RequestValidationError)
    async def refuse_input(_request: Request, error: RequestValidationError) -> JSONResponse:
        complaints = (f"{each['loc'][-1]}: {each['msg']}" for each in error.errors())
        return _problem(400, "bad_request", "; ".join(complaints))

    return app


def _problem(status: int, error: str, message: str) -> JSONResponse:
    return JSONResponse({"error": error, "message": message}, status)
