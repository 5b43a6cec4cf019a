package com.example.shop.orders.domain;

/** What an order comes to: total = subtotal − discount + shipping; the tax is in the total. */
public record Totals(Money subtotal, Money discount, Money shipping, Money total, Money tax) {}
