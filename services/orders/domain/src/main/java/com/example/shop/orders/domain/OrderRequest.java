package com.example.shop.orders.domain;

import java.util.List;

/** What somebody wants to order; the coupon may be null. */
public record OrderRequest(Customer customer, List<RequestedLine> lines, String coupon) {
  public OrderRequest {
    if (customer == null) {
      throw new InvalidOrder("the order has no customer");
    }
    if (lines == null || lines.isEmpty()) {
      throw new InvalidOrder("the order has no lines");
    }
    lines = List.copyOf(lines);
  }
}
