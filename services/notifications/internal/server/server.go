// Package server answers HTTP requests for the outbox; every answer, errors too, is JSON.
package server

import (
	"encoding/json"
	"log/slog"
	"net/http"

	"example.com/shop/httplog"
	"example.com/shop/notifications/internal/outbox"
)

// maxBody is more than any order of the shop needs.
const maxBody = 256 << 10

type errorBody struct {
	Error   string `json:"error"`
	Message string `json:"message"`
}

// New gives the routes over this outbox; each request is logged.
func New(box *outbox.Outbox, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, map[string]string{"status": "ok"})
	})
	mux.HandleFunc("GET /notifications", func(w http.ResponseWriter, r *http.Request) {
		found := box.About(r.URL.Query().Get("order"))
		writeJSON(w, http.StatusOK, map[string][]outbox.Notification{"notifications": found})
	})
	mux.HandleFunc("POST /notifications", func(w http.ResponseWriter, r *http.Request) {
		notify(w, r, box, log)
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusNotFound, errorBody{"not_found", "there is nothing at this path"})
	})
	return httplog.Requests(log, mux)
}

func notify(w http.ResponseWriter, r *http.Request, box *outbox.Outbox, log *slog.Logger) {
	var order outbox.Order
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&order); err != nil {
		writeJSON(w, http.StatusBadRequest, errorBody{"bad_request", err.Error()})
		return
	}
	if err := order.Check(); err != nil {
		writeJSON(w, http.StatusBadRequest, errorBody{"bad_request", err.Error()})
		return
	}
	sent, err := box.Placed(order)
	if err != nil {
		log.ErrorContext(r.Context(), "cannot write the message", "order", order.ID, "error", err)
		writeJSON(w, http.StatusInternalServerError, errorBody{"internal", "the message could not be written"})
		return
	}
	// The sample shop has no mail server: this line is the sending.
	log.InfoContext(r.Context(), "sent", "order", sent.OrderID, "subject", sent.Subject)
	writeJSON(w, http.StatusCreated, sent)
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	// The client went away: there is nobody to tell.
	_ = json.NewEncoder(w).Encode(body)
}
