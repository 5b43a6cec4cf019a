package com.example.shop.orders;

import io.javalin.http.Context;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One line for each request, with the id that follows it through the services; health checks only at debug level. */
final class RequestLog {
  static final String HEADER = "X-Request-Id";

  private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
  private static final String KEY = "requestId";
  private static final String START = "start";

  private RequestLog() {}

  /** The id of the request that this thread answers; a new one outside of a request. */
  static String id() {
    var id = MDC.get(KEY);
    return id == null ? UUID.randomUUID().toString() : id;
  }

  static void begin(Context ctx) {
    var given = ctx.header(HEADER);
    var isSound = given != null && given.matches("[A-Za-z0-9._-]{1,64}");
    MDC.put(KEY, isSound ? given : UUID.randomUUID().toString());
    ctx.attribute(START, System.nanoTime());
  }

  static void end(Context ctx) {
    Long start = ctx.attribute(START);
    var line = ctx.path().equals("/health") ? LOG.atDebug() : LOG.atInfo();
    line.addKeyValue("method", ctx.method())
        .addKeyValue("path", ctx.path())
        .addKeyValue("status", ctx.statusCode())
        .addKeyValue("milliseconds", start == null ? 0 : (System.nanoTime() - start) / 1e6)
        .log("request");
    MDC.remove(KEY);
  }
}
