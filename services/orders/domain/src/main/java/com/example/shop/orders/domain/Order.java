package com.example.shop.orders.domain;

import java.time.Instant;
import java.util.List;

/** An order that was placed, with the prices that held then. */
public record Order(OrderId id, Instant placedAt, Customer customer, List<Line> lines, Totals totals) {
  public Order {
    lines = List.copyOf(lines);
  }

  /** So many pieces of a product, and what they cost. */
  public record Line(String productId, String name, int quantity, Money unitPrice, Money total) {}
}
