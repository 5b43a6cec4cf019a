package com.example.shop.orders;

import com.example.shop.orders.domain.InvalidOrder;
import com.example.shop.orders.domain.OrderBook;
import com.example.shop.orders.domain.OrderId;
import com.example.shop.orders.domain.OrderRequest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.json.JavalinJackson;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The order book over HTTP; every answer, errors too, is JSON, and each request is logged. */
final class Api {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);

  private Api() {}

  /** The server over this book, not yet listening. Stopping it gives the requests in flight the grace. */
  static Javalin create(OrderBook book, Duration grace) {
    return Javalin.create(
        config -> {
          config.startup.showJavalinBanner = false;
          config.concurrency.useVirtualThreads = true;
          config.jsonMapper(new JavalinJackson(Json.MAPPER, true));
          config.jetty.modifyServer(server -> server.setStopTimeout(grace.toMillis()));

          config.routes.before(RequestLog::begin);
          config.routes.after(RequestLog::end);
          config.routes.get("/health", ctx -> ctx.json(Map.of("status", "ok")));
          config.routes.post("/orders", ctx -> place(ctx, book));
          config.routes.get("/orders/{id}", ctx -> find(ctx, book));

          config.routes.exception(
              Refusal.class, (refusal, ctx) -> answer(ctx, refusal.status, refusal.problem));
          config.routes.exception(HttpResponseException.class, Api::refused);
          config.routes.exception(Exception.class, Api::failed);
        });
  }

  private static void place(Context ctx, OrderBook book) {
    var order = book.place(read(ctx.bodyAsBytes()));
    ctx.status(HttpStatus.CREATED).header("Location", "/orders/" + order.id()).json(order);
  }

  private static void find(Context ctx, OrderBook book) {
    var order =
        book.find(new OrderId(ctx.pathParam("id")))
            .orElseThrow(() -> new Refusal(404, new Problem("not_found", "there is no order with this id")));
    ctx.json(order);
  }

  private static OrderRequest read(byte[] body) {
    try {
      return Json.MAPPER.readerFor(OrderRequest.class).readValue(body);
    } catch (JsonMappingException e) {
      var why = e.getCause() instanceof InvalidOrder invalid ? invalid.getMessage() : e.getOriginalMessage();
      throw new Refusal(400, new Problem("bad_request", why));
    } catch (JsonProcessingException e) {
      throw new Refusal(400, new Problem("bad_request", e.getOriginalMessage()));
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory could not be read", e);
    }
  }

  private static void failed(Exception error, Context ctx) {
    LOG.error("failed", error);
    answer(ctx, 500, new Problem("internal", "orders failed"));
  }

  /** What the framework refuses by itself, above all a path without a route. */
  private static void refused(HttpResponseException error, Context ctx) {
    var isMissing = error.getStatus() == HttpStatus.NOT_FOUND.getCode();
    var problem =
        isMissing
            ? new Problem("not_found", "there is nothing at this path")
            : new Problem("refused", error.getMessage());
    answer(ctx, error.getStatus(), problem);
  }

  private static void answer(Context ctx, int status, Problem problem) {
    ctx.status(status).json(problem);
  }
}
