module example.com/shop/catalog

go 1.26.0

toolchain go1.26.8

require (
	example.com/shop/httplog v0.0.0
	github.com/go-chi/chi/v5 v5.5.0
)

replace example.com/shop/httplog => ../../libs/httplog
