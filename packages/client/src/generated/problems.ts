// Made from src/problems/catalogue.ts by `npm run client:types`: change it there, not here.

/** Every error code, with its status and its English words. */
export const PROBLEMS = {
  "VALIDATION_FAILED": {
    "status": 400,
    "title": "Invalid input",
    "detail": "The request is not valid: {reason}."
  },
  "INVALID_NOTIFICATION": {
    "status": 400,
    "title": "Notification refused",
    "detail": "The notification was refused: {reason}."
  },
  "INVALID_LINK": {
    "status": 400,
    "title": "Invalid link",
    "detail": "The link is unknown, expired or already used. Ask for a new one."
  },
  "UNAUTHENTICATED": {
    "status": 401,
    "title": "Not signed in",
    "detail": "Send a valid access token (Authorization: Bearer …) or API key (X-API-Key)."
  },
  "INVALID_CREDENTIALS": {
    "status": 401,
    "title": "Wrong credentials",
    "detail": "The e-mail address or the password is wrong."
  },
  "INVALID_REFRESH_TOKEN": {
    "status": 401,
    "title": "Invalid refresh token",
    "detail": "The refresh token is unknown, expired or already used. Sign in again."
  },
  "SUBSCRIPTION_REQUIRED": {
    "status": 402,
    "title": "Subscription required",
    "detail": "You have no subscription yet. Subscribe to a plan first."
  },
  "QUOTA_EXCEEDED": {
    "status": 402,
    "title": "Quota exceeded",
    "detail": "Not enough quota: {used} of {limit} used, {cost} needed. It resets at {resetsAt}."
  },
  "KEY_QUOTA_EXCEEDED": {
    "status": 402,
    "title": "The key's quota is exceeded",
    "detail": "This API key has used {used} of the {limit} that it may use in a month, {cost} needed. It resets at {resetsAt}."
  },
  "FORBIDDEN": {
    "status": 403,
    "title": "Not allowed",
    "detail": "You may not do this: {reason}."
  },
  "NOT_FOUND": {
    "status": 404,
    "title": "Not found",
    "detail": "There is no such {what}."
  },
  "PLAN_NOT_FOUND": {
    "status": 404,
    "title": "No such plan",
    "detail": "There is no plan \"{planCode}\". GET /plans lists them."
  },
  "NO_SUBSCRIPTION": {
    "status": 404,
    "title": "No subscription",
    "detail": "You have no subscription in force."
  },
  "METHOD_NOT_ALLOWED": {
    "status": 405,
    "title": "Method not allowed",
    "detail": "This path does not answer that method."
  },
  "EMAIL_TAKEN": {
    "status": 409,
    "title": "E-mail address taken",
    "detail": "An account with this e-mail address exists already."
  },
  "LAST_ADMINISTRATOR": {
    "status": 409,
    "title": "Last administrator",
    "detail": "Nobody else is an administrator. Make somebody one first."
  },
  "LAST_OWNER": {
    "status": 409,
    "title": "Last owner",
    "detail": "Nobody else owns the organization. Make somebody an owner first."
  },
  "API_KEY_REPLACED": {
    "status": 409,
    "title": "Already rotated",
    "detail": "Another key has taken the place of this API key. Rotate that one, or delete this one."
  },
  "ALREADY_MEMBER": {
    "status": 409,
    "title": "Already a member",
    "detail": "That person belongs to the organization already."
  },
  "TOO_MANY_ORGANIZATIONS": {
    "status": 409,
    "title": "Too many organizations",
    "detail": "You own {limit} organizations already."
  },
  "ALREADY_SUBSCRIBED": {
    "status": 409,
    "title": "Already subscribed",
    "detail": "You already hold the plan \"{planCode}\"."
  },
  "PLAN_CHANGE_REFUSED": {
    "status": 409,
    "title": "Plan change refused",
    "detail": "You hold \"{planCode}\", which is paid until {until}; a cheaper plan can follow after that."
  },
  "TRIAL_NOT_AVAILABLE": {
    "status": 409,
    "title": "No trial",
    "detail": "The plan \"{planCode}\" can't be tried: {reason}. Subscribe to it without `trial`."
  },
  "TRIAL_ALREADY_USED": {
    "status": 409,
    "title": "Trial already used",
    "detail": "You, or this account, have tried a plan already; that can be done once. Subscribe without `trial`."
  },
  "PLAN_CODE_TAKEN": {
    "status": 409,
    "title": "Plan code taken",
    "detail": "There is a plan \"{planCode}\" already. Change it by POST /admin/plans/{planCode}/versions."
  },
  "PLAN_VERSION_CONFLICT": {
    "status": 409,
    "title": "Plan changed meanwhile",
    "detail": "Somebody made a version of \"{planCode}\" at the same moment. Look at it, and try again."
  },
  "COUPON_INVALID": {
    "status": 409,
    "title": "Coupon not valid",
    "detail": "The coupon \"{couponCode}\" can't be used here: {reason}."
  },
  "COUPON_USED_UP": {
    "status": 409,
    "title": "Coupon used up",
    "detail": "The coupon \"{couponCode}\" has been used as often as it can be."
  },
  "COUPON_ALREADY_USED": {
    "status": 409,
    "title": "Coupon already used",
    "detail": "You have used the coupon \"{couponCode}\" already. If that order is still to be paid, close it to use it again."
  },
  "COUPON_CODE_TAKEN": {
    "status": 409,
    "title": "Coupon code taken",
    "detail": "There is a coupon \"{couponCode}\" already. Choose another code."
  },
  "TOPUP_CODE_TAKEN": {
    "status": 409,
    "title": "Top-up code taken",
    "detail": "There is a top-up pack \"{packCode}\" already. Change it by PATCH /admin/topups/{packCode}."
  },
  "PLAN_IS_FREE": {
    "status": 409,
    "title": "The plan is free",
    "detail": "The plan \"{planCode}\" costs nothing: there is nothing to renew or cancel."
  },
  "PAYMENT_NOT_PENDING": {
    "status": 409,
    "title": "Payment not pending",
    "detail": "The payment is {status}; only a pending one can be closed."
  },
  "PAYMENT_NOT_PAID": {
    "status": 409,
    "title": "Payment not paid",
    "detail": "The payment is {status}; this is for a paid one."
  },
  "FAPIAO_ALREADY_REQUESTED": {
    "status": 409,
    "title": "Fapiao requested already",
    "detail": "This payment has a fapiao that is {status}. Withdraw the request first, or wait for the red-letter fapiao."
  },
  "FAPIAO_NOT_IN_STATE": {
    "status": 409,
    "title": "Not possible for this fapiao",
    "detail": "The fapiao is {status}, so this can no longer or not yet be done."
  },
  "REFUND_EXCEEDS_PAYMENT": {
    "status": 409,
    "title": "Refund exceeds the payment",
    "detail": "{asked} was asked for, {refundable} can still be refunded."
  },
  "CHANNEL_NOT_CONFIGURED": {
    "status": 409,
    "title": "Payment channel not configured",
    "detail": "The channel \"{provider}\" is not set up here. Available: {available}."
  },
  "AGREEMENT_NOT_OFFERED": {
    "status": 409,
    "title": "Charging by agreement not offered",
    "detail": "The channel \"{provider}\" does not charge by agreement here. Channels that do: {available}. Renew by POST /subscriptions/current/renew."
  },
  "AGREEMENT_EXISTS": {
    "status": 409,
    "title": "There is an agreement already",
    "detail": "You have an agreement through \"{provider}\" that is {status}. End it by DELETE /subscriptions/current/agreement before you make another."
  },
  "CHANNEL_REFUSED": {
    "status": 409,
    "title": "Refused by the payment channel",
    "detail": "The channel \"{provider}\" refused: {reason}."
  },
  "HOLD_NOT_OPEN": {
    "status": 409,
    "title": "Hold not open",
    "detail": "The hold is {status} already; only an open one can be committed or released."
  },
  "COST_EXCEEDS_HOLD": {
    "status": 409,
    "title": "Cost exceeds the hold",
    "detail": "It costs {cost}, more than was held. The hold stays open: commit at most what it holds."
  },
  "DELIVERY_PENDING": {
    "status": 409,
    "title": "Delivery pending",
    "detail": "It is still being delivered. Only what was delivered, skipped or given up can be replayed."
  },
  "IDEMPOTENCY_KEY_IN_USE": {
    "status": 409,
    "title": "Idempotency key in use",
    "detail": "The first request with this Idempotency-Key is still running. Try again shortly."
  },
  "PAYLOAD_TOO_LARGE": {
    "status": 413,
    "title": "Body too large",
    "detail": "The body is larger than this route takes."
  },
  "UNSUPPORTED_MEDIA_TYPE": {
    "status": 415,
    "title": "Unsupported content type",
    "detail": "Send the body as application/json."
  },
  "IDEMPOTENCY_KEY_REUSED": {
    "status": 422,
    "title": "Idempotency key reused",
    "detail": "This Idempotency-Key was used with another body. Use a fresh key for a new request."
  },
  "TOO_MANY_ATTEMPTS": {
    "status": 429,
    "title": "Too many attempts",
    "detail": "Too many failed attempts. Try again in {seconds} s."
  },
  "CONCURRENCY_LIMIT": {
    "status": 429,
    "title": "Too much at once",
    "detail": "As much runs at once as your plan allows. Try again in {seconds} s."
  },
  "REQUEST_REFUSED": {
    "status": 400,
    "title": "Request refused",
    "detail": "The request was refused."
  },
  "INTERNAL_ERROR": {
    "status": 500,
    "title": "Internal error",
    "detail": "Something went wrong here. It was recorded; try again later."
  },
  "CHANNEL_UNAVAILABLE": {
    "status": 502,
    "title": "Payment channel unavailable",
    "detail": "The channel \"{provider}\" did not answer. Nothing is lost: ask for the payment again shortly."
  },
  "OVERLOADED": {
    "status": 503,
    "title": "Overloaded",
    "detail": "Too many requests wait already. Nothing was done; try again shortly."
  },
  "SERVICE_UNAVAILABLE": {
    "status": 503,
    "title": "Temporarily unavailable",
    "detail": "The service is not ready. Try again shortly."
  }
} as const;
