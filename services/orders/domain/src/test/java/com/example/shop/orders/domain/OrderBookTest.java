package com.example.shop.orders.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrderBookTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Customer ADA = new Customer("Ada", "ada@example.com");
  private static final OrderRequest TWO_ROPES =
      new OrderRequest(ADA, List.of(new RequestedLine("rope", "Rope", euros(4250), 2)), null);

  private final List<Order> told = new ArrayList<>();

  @Test
  void anOrderHasItsNamesAndThePricesOfNow() {
    var order = bookWith(OrderBookTest::quote).place(TWO_ROPES);

    assertEquals(NOW, order.placedAt());
    assertEquals(ADA, order.customer());
    assertEquals(
        List.of(new Order.Line("rope", "Rope", 2, euros(4250), euros(8500))), order.lines());
    assertEquals(euros(8500), order.totals().total());
  }

  @Test
  void anOrderIsFoundByItsIdAndToldOnce() {
    var book = bookWith(OrderBookTest::quote);
    var order = book.place(TWO_ROPES);

    assertEquals(Optional.of(order), book.find(order.id()));
    assertEquals(Optional.empty(), book.find(new OrderId("another")));
    assertEquals(List.of(order), told);
  }

  @Test
  void withoutPricesNothingIsPlaced() {
    var book = bookWith(request -> { throw new IllegalStateException("away"); });
    assertThrows(IllegalStateException.class, () -> book.place(TWO_ROPES));
    assertEquals(List.of(), told);
  }

  @Test
  void aQuoteOfOtherLinesIsNotTaken() {
    var book = bookWith(request -> new Quote(List.of(), totals()));
    assertThrows(IllegalStateException.class, () -> book.place(TWO_ROPES));
  }

  @Test
  void whatMakesNoOrderIsRefused() {
    assertThrows(InvalidOrder.class, () -> new OrderRequest(ADA, List.of(), null));
    assertThrows(InvalidOrder.class, () -> new OrderRequest(null, TWO_ROPES.lines(), null));
    assertThrows(InvalidOrder.class, () -> new RequestedLine("rope", "Rope", euros(1), 0));
    assertThrows(InvalidOrder.class, () -> new Customer(" ", "ada@example.com"));
    assertThrows(InvalidOrder.class, () -> new Customer("Ada", "ada"));
    assertThrows(InvalidOrder.class, () -> new Money(1, "euro"));
  }

  private OrderBook bookWith(Pricing pricing) {
    return new OrderBook(pricing, told::add, () -> NOW);
  }

  private static Quote quote(OrderRequest request) {
    var line = request.lines().getFirst();
    return new Quote(
        List.of(new Quote.Line(line.productId(), line.quantity(), line.unitPrice(), euros(8500))), totals());
  }

  private static Totals totals() {
    return new Totals(euros(8500), euros(0), euros(0), euros(8500), euros(1357));
  }

  private static Money euros(long amount) {
    return new Money(amount, "EUR");
  }
}
