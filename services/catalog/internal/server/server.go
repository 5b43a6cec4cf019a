// Package server answers HTTP requests for the catalogue; every answer, errors too, is JSON.
package server

import (
	"encoding/json"
	"log/slog"
	"net/http"

	"github.com/go-chi/chi/v5"

	"example.com/shop/catalog/internal/catalog"
	"example.com/shop/httplog"
)

type errorBody struct {
	Error   string `json:"error"`
	Message string `json:"message"`
}

// New gives the routes over these products; each request is logged.
func New(products *catalog.Catalog, log *slog.Logger) http.Handler {
	router := chi.NewRouter()
	router.Get("/health", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, map[string]string{"status": "ok"})
	})
	router.Get("/products", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, map[string][]catalog.Product{"products": products.All()})
	})
	router.Get("/products/{id}", func(w http.ResponseWriter, r *http.Request) {
		product, ok := products.Find(chi.URLParam(r, "id"))
		if !ok {
			writeJSON(w, http.StatusNotFound, errorBody{"not_found", "there is no product with this id"})
			return
		}
		writeJSON(w, http.StatusOK, product)
	})

	router.NotFound(func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusNotFound, errorBody{"not_found", "there is nothing at this path"})
	})
	router.MethodNotAllowed(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Allow", http.MethodGet)
		writeJSON(w, http.StatusMethodNotAllowed, errorBody{"method_not_allowed", "only GET is answered here"})
	})
	return httplog.Requests(log, router)
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	// The client went away: there is nobody to tell.
	_ = json.NewEncoder(w).Encode(body)
}
