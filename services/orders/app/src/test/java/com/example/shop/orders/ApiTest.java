package com.example.shop.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.shop.orders.domain.OrderBook;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiTest {
  private static final String ROPE = "{'productId':'rope','quantity':2,'unitPrice':{'amount':4250,'currency':'EUR'}";
  private static final String QUOTE =
      json("{'lines':[" + ROPE + ",'total':" + euros(8500) + "}],'totals':{'subtotal':" + euros(8500)
          + ",'discount':" + euros(0) + ",'shipping':" + euros(0) + ",'total':" + euros(8500) + ",'tax':"
          + euros(1357) + "}}");
  private static final String REQUEST =
      json("{'customer':{'name':'Ada','email':'ada@example.com'},'lines':[" + ROPE + ",'name':'Rope'}]}");

  private final HttpClient http = HttpClient.newHttpClient();
  private Javalin app;

  @AfterEach
  void stop() {
    app.stop();
  }

  @Test
  void healthIsTold() throws Exception {
    start("http://127.0.0.1:9", "http://127.0.0.1:9");
    var answer = get("/health");
    assertEquals(200, answer.status);
    assertEquals("ok", answer.body.path("status").asText());
  }

  @Test
  void anOrderIsPlacedToldAndFound() throws Exception {
    try (var pricing = new ServiceDouble(200, QUOTE);
        var notifications = new ServiceDouble(201, "{}")) {
      start(pricing.url(), notifications.url());
      var placed = post("/orders", REQUEST);

      assertEquals(201, placed.status);
      assertEquals("2026-01-02T03:04:05.678Z", placed.body.path("placedAt").asText());
      assertEquals("Rope", placed.body.at("/lines/0/name").asText());
      assertEquals(8500, placed.body.at("/totals/total/amount").asInt());
      assertEquals(4250, Json.MAPPER.readTree(pricing.bodies.getFirst()).at("/lines/0/unitPrice/amount").asInt());
      assertEquals(placed.body, Json.MAPPER.readTree(notifications.bodies.getFirst()));
      assertEquals(placed.body, get("/orders/" + placed.body.path("id").asText()).body);
    }
  }

  @Test
  void withoutNotificationsTheOrderIsPlacedAllTheSame() throws Exception {
    try (var pricing = new ServiceDouble(200, QUOTE)) {
      start(pricing.url(), "http://127.0.0.1:9");
      assertEquals(201, post("/orders", REQUEST).status);
    }
  }

  @Test
  void withoutPricingTheAnswerNamesIt() throws Exception {
    start("http://127.0.0.1:9", "http://127.0.0.1:9");
    var answer = post("/orders", REQUEST);
    assertEquals(503, answer.status);
    assertEquals("pricing", answer.body.path("service").asText());
    assertEquals("unreachable", answer.body.path("reason").asText());
  }

  @Test
  void aPricingThatTalksNonsenseIsNamedToo() throws Exception {
    for (var nonsense : new String[] {"<html>", "{}"}) {
      try (var pricing = new ServiceDouble(200, nonsense)) {
        start(pricing.url(), "http://127.0.0.1:9");
        var answer = post("/orders", REQUEST);
        assertEquals(502, answer.status);
        assertEquals("bad_answer", answer.body.path("reason").asText());
      } finally {
        app.stop();
      }
    }
  }

  @Test
  void whatPricingRefusesIsToldToTheCaller() throws Exception {
    var refusal = json("{'error':'unknown_coupon','message':'there is no coupon NO'}");
    try (var pricing = new ServiceDouble(422, refusal)) {
      start(pricing.url(), "http://127.0.0.1:9");
      var answer = post("/orders", REQUEST);
      assertEquals(422, answer.status);
      assertEquals(Json.MAPPER.readTree(refusal), answer.body);
    }
  }

  @Test
  void aBodyThatIsNoOrderIsRefusedWithTheReason() throws Exception {
    start("http://127.0.0.1:9", "http://127.0.0.1:9");
    assertEquals(400, post("/orders", "{").status);
    var answer = post("/orders", json("{'customer':{'name':'Ada','email':'ada@example.com'},'lines':[]}"));
    assertEquals(400, answer.status);
    assertEquals("the order has no lines", answer.body.path("message").asText());
  }

  @Test
  void whatIsNotThereIsNotFoundInJson() throws Exception {
    start("http://127.0.0.1:9", "http://127.0.0.1:9");
    assertEquals("there is no order with this id", get("/orders/A-1").body.path("message").asText());
    assertEquals("there is nothing at this path", get("/elsewhere").body.path("message").asText());
    assertEquals(404, get("/elsewhere").status);
  }

  private void start(String pricing, String notifications) {
    var timeout = Duration.ofSeconds(2);
    var book =
        new OrderBook(
            new HttpPricing(new ServiceClient(http, "pricing", pricing, timeout)),
            new HttpNotifications(new ServiceClient(http, "notifications", notifications, timeout)),
            () -> Instant.parse("2026-01-02T03:04:05.678Z"));
    app = Api.create(book, timeout).start("127.0.0.1", 0);
  }

  private record Answer(int status, JsonNode body) {}

  private Answer get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address(path)).build());
  }

  private Answer post(String path, String body) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address(path)).POST(BodyPublishers.ofString(body)).build());
  }

  private Answer send(HttpRequest request) throws IOException, InterruptedException {
    var response = http.send(request, BodyHandlers.ofString());
    return new Answer(response.statusCode(), Json.MAPPER.readTree(response.body()));
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + app.port() + path);
  }

  private static String euros(int amount) {
    return "{'amount':" + amount + ",'currency':'EUR'}";
  }

  /** JSON without the noise of escapes. */
  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
