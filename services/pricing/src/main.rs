//! Says what baskets come to, over HTTP, until it is told to stop.

mod config;
mod coupons;
mod quote;
mod request_log;
mod server;
mod shutdown;

use std::env;
use std::process::ExitCode;

use config::Config;
use tokio::net::TcpListener;
use tracing::{error, info};

/// Bad configuration; 1 is any other failure.
const EXIT_BAD_INPUT: u8 = 2;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let config = match Config::read(|name| env::var(name).ok()) {
        Ok(config) => config,
        Err(problems) => {
            eprintln!("{}", problems.join("\n"));
            return ExitCode::from(EXIT_BAD_INPUT);
        }
    };
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_target(false)
        .with_max_level(config.log_level)
        .init();

    let listener = match TcpListener::bind(("0.0.0.0", config.port)).await {
        Ok(listener) => listener,
        Err(error) => {
            error!(port = config.port, %error, "cannot listen");
            return ExitCode::FAILURE;
        }
    };
    info!(port = config.port, "listening");
    let outcome = shutdown::serve(listener, server::routes(), shutdown::asked()).await;
    match outcome {
        Ok(()) => {
            info!("stopped");
            ExitCode::SUCCESS
        }
        Err(error) => {
            error!(%error, "stopped by a failure");
            ExitCode::FAILURE
        }
    }
}
