package com.example.shop.orders.domain;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** The orders that were placed since the start; safe for concurrent use. */
public final class OrderBook {
  private final Map<OrderId, Order> orders = new ConcurrentHashMap<>();
  private final Pricing pricing;
  private final Notifications notifications;
  private final InstantSource clock;
  private final RandomGenerator random = new SecureRandom();

  public OrderBook(Pricing pricing, Notifications notifications, InstantSource clock) {
    this.pricing = pricing;
    this.notifications = notifications;
    this.clock = clock;
  }

  /** Places an order at the prices of now and tells the customer. Without prices nothing is placed. */
  public Order place(OrderRequest request) {
    var quote = pricing.quote(request);
    var lines = linesOf(request, quote);
    Order order;
    do {
      var placedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      order = new Order(OrderId.random(random), placedAt, request.customer(), lines, quote.totals());
    } while (orders.putIfAbsent(order.id(), order) != null);
    notifications.placed(order);
    return order;
  }

  public Optional<Order> find(OrderId id) {
    return Optional.ofNullable(orders.get(id));
  }

  private static List<Order.Line> linesOf(OrderRequest request, Quote quote) {
    if (quote.lines().size() != request.lines().size()) {
      throw new IllegalStateException("the quote has other lines than the request");
    }
    var lines = new ArrayList<Order.Line>();
    for (int i = 0; i < quote.lines().size(); i++) {
      var priced = quote.lines().get(i);
      var name = request.lines().get(i).name();
      lines.add(
          new Order.Line(priced.productId(), name, priced.quantity(), priced.unitPrice(), priced.total()));
    }
    return lines;
  }
}
