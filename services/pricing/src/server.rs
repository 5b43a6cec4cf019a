use axum::extract::Json;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use serde_json::json;

use crate::quote::{Basket, Quote, QuoteError, quote};
use crate::request_log::log_request;

/// The routes of the service; every answer, errors too, is JSON, and each request is logged.
pub fn routes() -> Router {
    Router::new()
        .route("/health", get(async || Json(json!({ "status": "ok" }))))
        .route("/quotes", post(create_quote))
        .fallback(async || {
            problem(
                StatusCode::NOT_FOUND,
                "not_found",
                "there is nothing at this path",
            )
        })
        .method_not_allowed_fallback(async || {
            problem(
                StatusCode::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "this path answers another method",
            )
        })
        .layer(middleware::from_fn(log_request))
}

async fn create_quote(basket: Result<Json<Basket>, JsonRejection>) -> Result<Json<Quote>, Response> {
    let Json(basket) = basket
        .map_err(|rejection| problem(StatusCode::BAD_REQUEST, "bad_request", &rejection.body_text()))?;
    quote(basket).map(Json).map_err(|error| {
        let name = match error {
            QuoteError::UnknownCoupon(_) => "unknown_coupon",
            _ => "no_quote",
        };
        problem(StatusCode::UNPROCESSABLE_ENTITY, name, &error.to_string())
    })
}

fn problem(status: StatusCode, error: &str, message: &str) -> Response {
    (status, Json(json!({ "error": error, "message": message }))).into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use http_body_util::BodyExt;
    use serde_json::Value;
    use tower::ServiceExt;

    use super::*;

    async fn ask(method: &str, path: &str, body: &'static str) -> (u16, Value) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", "application/json")
            .body(Body::from(body))
            .unwrap();
        let response = routes().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&bytes).unwrap())
    }

    #[tokio::test]
    async fn health_is_told() {
        assert_eq!(ask("GET", "/health", "").await, (200, json!({ "status": "ok" })));
    }

    #[tokio::test]
    async fn a_basket_is_quoted() {
        let body = r#"{"lines":[{"productId":"rope","name":"Rope","quantity":2,
            "unitPrice":{"amount":4250,"currency":"EUR"}}]}"#;
        let (status, quote) = ask("POST", "/quotes", body).await;
        assert_eq!(status, 200);
        assert_eq!(quote["lines"][0]["productId"], "rope");
        assert_eq!(
            quote["lines"][0]["total"],
            json!({ "amount": 8500, "currency": "EUR" })
        );
        assert_eq!(
            quote["totals"]["total"],
            json!({ "amount": 8500, "currency": "EUR" })
        );
        assert_eq!(quote["totals"]["tax"]["amount"], 1357);
    }

    #[tokio::test]
    async fn refusals_say_why() {
        let cases = [
            ("POST", "/quotes", "{", 400, "bad_request"),
            ("POST", "/quotes", r#"{"lines":[]}"#, 422, "no_quote"),
            (
                "POST",
                "/quotes",
                r#"{"lines":[{"productId":"a","quantity":1,"unitPrice":{"amount":1,"currency":"EUR"}}],"coupon":"NO"}"#,
                422,
                "unknown_coupon",
            ),
            ("GET", "/quotes", "", 405, "method_not_allowed"),
            ("GET", "/elsewhere", "", 404, "not_found"),
        ];
        for (method, path, body, status, error) in cases {
            let (got, problem) = ask(method, path, body).await;
            assert_eq!(
                (got, problem["error"].as_str()),
                (status, Some(error)),
                "{method} {path}"
            );
        }
    }
}
