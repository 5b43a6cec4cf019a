package com.example.shop.orders.domain;

/** Says what an order comes to. */
public interface Pricing {
  Quote quote(OrderRequest request);
}
