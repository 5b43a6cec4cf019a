module slipway.local/static

go 1.26.8

require github.com/andybalholm/brotli v1.2.8
