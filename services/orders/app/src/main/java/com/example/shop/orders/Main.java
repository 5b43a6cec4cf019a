package com.example.shop.orders;

import com.example.shop.orders.domain.OrderBook;
import io.javalin.Javalin;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the shop's orders over HTTP until it is told to stop. */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  /** For the requests in flight after SIGTERM; below the ten seconds that container runtimes usually wait. */
  private static final Duration GRACE = Duration.ofSeconds(8);

  private static final int EXIT_FAILED = 1;
  private static final int EXIT_BAD_INPUT = 2;

  private Main() {}

  public static void main(String[] args) {
    try {
      var config = Config.read(System.getenv());
      var app = Api.create(bookFor(config), GRACE);
      app.start(config.port());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(app)));
      LOG.atInfo().addKeyValue("port", app.port()).log("listening");
    } catch (Config.Invalid e) {
      System.err.println(e.getMessage());
      System.exit(EXIT_BAD_INPUT);
    } catch (RuntimeException e) {
      LOG.error("cannot listen", e);
      System.exit(EXIT_FAILED);
    }
  }

  private static OrderBook bookFor(Config config) {
    var http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(config.timeout()).build();
    return new OrderBook(
        new HttpPricing(new ServiceClient(http, "pricing", config.pricingUrl(), config.timeout())),
        new HttpNotifications(
            new ServiceClient(http, "notifications", config.notificationsUrl(), config.timeout())),
        InstantSource.system());
  }

  private static void stop(Javalin app) {
    LOG.info("stopping");
    app.stop();
    LOG.info("stopped");
    // A JVM that was told to stop ends with 143 by itself, though all went well.
    Runtime.getRuntime().halt(0);
  }
}
