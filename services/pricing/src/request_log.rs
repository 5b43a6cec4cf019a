use std::time::Instant;

use axum::extract::Request;
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use tracing::{debug, info};
use uuid::Uuid;

/// Logs a request after its answer, with the id that follows it through the services; health checks at debug level.
pub async fn log_request(request: Request, next: Next) -> Response {
    let start = Instant::now();
    let id = request_id(request.headers());
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let milliseconds = start.elapsed().as_micros() as f64 / 1000.0;
    if path == "/health" {
        debug!(requestId = id, %method, path, status, milliseconds, "request");
    } else {
        info!(requestId = id, %method, path, status, milliseconds, "request");
    }
    response
}

/// The caller's id, or a new one where it sent none that may stand in a log.
fn request_id(headers: &HeaderMap) -> String {
    let given = headers.get("x-request-id").and_then(|value| value.to_str().ok());
    match given {
        Some(id) if is_sound(id) => id.to_owned(),
        _ => Uuid::new_v4().to_string(),
    }
}

fn is_sound(id: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    (1..=64).contains(&id.len()) && id.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_callers_id_is_kept_where_it_is_sound() {
        let id_of = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-request-id", text.parse().unwrap());
            request_id(&headers)
        };
        assert_eq!(id_of("r-1"), "r-1");
        assert_eq!(id_of("two words").len(), 36);
        assert_eq!(id_of(&"x".repeat(65)).len(), 36);
        assert_eq!(request_id(&HeaderMap::new()).len(), 36);
    }
}
