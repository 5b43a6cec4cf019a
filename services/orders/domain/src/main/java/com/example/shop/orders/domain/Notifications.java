package com.example.shop.orders.domain;

/** Tells customers of their orders. A customer who was not told still has the order: this never throws. */
public interface Notifications {
  void placed(Order order);
}
