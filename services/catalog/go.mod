module slipway.example/services/catalog

go 1.26.0

toolchain go1.26.8

require github.com/go-chi/chi/v5 v5.5.0
