import * as z from "zod/mini"

/** A message that was sent to a customer. */
export const Notification = z.object({
  id: z.string(),
  orderId: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  sentAt: z.iso.datetime(),
})
export type Notification = Readonly<z.output<typeof Notification>>

/** Answer of `GET /api/orders/ID/notifications`, the oldest first. */
export const NotificationList = z.object({ notifications: z.array(Notification) })
export type NotificationList = Readonly<z.output<typeof NotificationList>>
