use std::future::Future;
use std::io;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;
use tracing::info;

/// How long requests in flight may take after the stop; below the ten seconds that container runtimes usually wait.
const GRACE: Duration = Duration::from_secs(8);

/// Ends when the process is told to stop.
pub async fn asked() {
    let (Ok(mut terminate), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

/// Answers on the listener until `stop` ends, then lets the requests in flight finish.
pub async fn serve(
    listener: TcpListener,
    routes: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (stopping, stopped) = oneshot::channel();
    let server = axum::serve(listener, routes).with_graceful_shutdown(async {
        stop.await;
        info!("stopping");
        let _ = stopping.send(());
    });
    let overdue = async {
        let _ = stopped.await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        outcome = server => outcome,
        () = overdue => Err(io::Error::new(io::ErrorKind::TimedOut, "requests did not finish in time")),
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;
    use tokio::sync::Notify;
    use tokio::time::timeout;

    use super::*;

    static ARRIVED: Notify = Notify::const_new();
    static RELEASE: Notify = Notify::const_new();

    #[tokio::test]
    async fn a_request_in_flight_is_answered_after_the_stop() {
        let routes = Router::new().route(
            "/",
            get(async || {
                ARRIVED.notify_one();
                RELEASE.notified().await;
                "done"
            }),
        );
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let served = tokio::spawn(serve(listener, routes, async {
            let _ = stopped.await;
        }));

        let mut client = TcpStream::connect(address).await.unwrap();
        client
            .write_all(b"GET / HTTP/1.1\r\nhost: here\r\n\r\n")
            .await
            .unwrap();
        ARRIVED.notified().await;
        stop.send(()).unwrap();
        tokio::task::yield_now().await;
        RELEASE.notify_one();

        let mut answer = String::new();
        let read = client.read_to_string(&mut answer);
        timeout(GRACE, read).await.unwrap().unwrap();
        assert!(answer.ends_with("done"), "{answer}");
        assert!(served.await.unwrap().is_ok());
    }
}
