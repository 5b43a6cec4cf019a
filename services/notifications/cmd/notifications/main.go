// Command notifications tells the shop's customers of their orders until it is told to stop.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"example.com/shop/httplog"
	"example.com/shop/notifications/internal/config"
	"example.com/shop/notifications/internal/outbox"
	"example.com/shop/notifications/internal/server"
)

// Exit codes: 0 stopped as asked, 1 the server failed, 2 bad configuration.
const (
	exitFailed   = 1
	exitBadInput = 2
)

// shutdownGrace is how long requests in flight may take after SIGTERM; below the ten seconds that
// container runtimes usually wait before they kill.
const shutdownGrace = 8 * time.Second

// keep is how many messages are remembered: there is no store behind them.
const keep = 1000

func main() {
	os.Exit(run(os.Getenv, os.Stdout))
}

func run(getenv func(string) string, logs io.Writer) int {
	cfg, err := config.Read(getenv)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitBadInput
	}
	log := httplog.New(logs, cfg.LogLevel)

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()

	listener, err := net.Listen("tcp", fmt.Sprintf(":%d", cfg.Port))
	if err != nil {
		log.Error("cannot listen", "port", cfg.Port, "error", err)
		return exitFailed
	}
	log.Info("listening", "address", listener.Addr().String())

	if err := serve(ctx, listener, server.New(outbox.New(keep, time.Now), log), log); err != nil {
		log.Error("stopped by a failure", "error", err)
		return exitFailed
	}
	log.Info("stopped")
	return 0
}

// serve answers on the listener until ctx ends, then lets the requests in flight finish.
func serve(ctx context.Context, listener net.Listener, handler http.Handler, log *slog.Logger) error {
	srv := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      10 * time.Second,
		IdleTimeout:       60 * time.Second,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}

	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(listener) }()

	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}

	log.Info("stopping")
	grace, cancel := context.WithTimeout(context.Background(), shutdownGrace)
	defer cancel()
	if err := srv.Shutdown(grace); err != nil {
		return fmt.Errorf("requests did not finish within %s: %w", shutdownGrace, err)
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
