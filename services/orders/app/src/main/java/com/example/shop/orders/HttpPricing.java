package com.example.shop.orders;

import com.example.shop.orders.domain.OrderRequest;
import com.example.shop.orders.domain.Pricing;
import com.example.shop.orders.domain.Quote;

/** The pricing service. */
record HttpPricing(ServiceClient client) implements Pricing {
  @Override
  public Quote quote(OrderRequest request) {
    var quote = client.post("/quotes", request, Quote.class);
    if (quote.lines() == null || quote.totals() == null) {
      throw Refusal.down("pricing", "bad_answer");
    }
    return quote;
  }
}
