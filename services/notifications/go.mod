module example.com/shop/notifications

go 1.24

require example.com/shop/httplog v0.0.0

replace example.com/shop/httplog => ../../libs/httplog
