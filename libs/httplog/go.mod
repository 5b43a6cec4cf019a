module example.com/shop/httplog

go 1.24
