// Made from src/problems/catalogue.ts by `npm run client:types`: change it there, not here.

/** Every error code, with its status and its words. */
export const PROBLEMS = {
  "VALIDATION_FAILED": {
    "status": 400,
    "title": {
      "en": "Invalid input",
      "zh-CN": "输入无效"
    },
    "detail": {
      "en": "The request is not valid: {reason}.",
      "zh-CN": "请求无效：{reason}。"
    }
  },
  "INVALID_NOTIFICATION": {
    "status": 400,
    "title": {
      "en": "Notification refused",
      "zh-CN": "通知被拒绝"
    },
    "detail": {
      "en": "The notification was refused: {reason}.",
      "zh-CN": "通知被拒绝：{reason}。"
    }
  },
  "INVALID_LINK": {
    "status": 400,
    "title": {
      "en": "Invalid link",
      "zh-CN": "链接无效"
    },
    "detail": {
      "en": "The link is unknown, expired or already used. Ask for a new one.",
      "zh-CN": "链接不存在、已过期或已使用，请重新获取。"
    }
  },
  "UNAUTHENTICATED": {
    "status": 401,
    "title": {
      "en": "Not signed in",
      "zh-CN": "未登录"
    },
    "detail": {
      "en": "Send a valid access token (Authorization: Bearer …) or API key (X-API-Key).",
      "zh-CN": "请提供有效的访问令牌（Authorization: Bearer …）或 API 密钥（X-API-Key）。"
    }
  },
  "INVALID_CREDENTIALS": {
    "status": 401,
    "title": {
      "en": "Wrong credentials",
      "zh-CN": "凭证错误"
    },
    "detail": {
      "en": "The e-mail address or the password is wrong.",
      "zh-CN": "邮箱或密码错误。"
    }
  },
  "INVALID_REFRESH_TOKEN": {
    "status": 401,
    "title": {
      "en": "Invalid refresh token",
      "zh-CN": "刷新令牌无效"
    },
    "detail": {
      "en": "The refresh token is unknown, expired or already used. Sign in again.",
      "zh-CN": "刷新令牌不存在、已过期或已使用，请重新登录。"
    }
  },
  "CUSTOMER_REQUIRED": {
    "status": 400,
    "title": {
      "en": "Customer required",
      "zh-CN": "需要指定客户"
    },
    "detail": {
      "en": "With a service key, name the customer in the header X-Customer-Id.",
      "zh-CN": "使用服务密钥时，请在请求头 X-Customer-Id 中指定客户。"
    }
  },
  "CUSTOMER_WITHOUT_EMAIL": {
    "status": 409,
    "title": {
      "en": "Customer without an e-mail address",
      "zh-CN": "客户没有邮箱"
    },
    "detail": {
      "en": "The customer has no e-mail address to send a link to. Set one with PUT /customers/{externalId}.",
      "zh-CN": "该客户没有可接收链接的邮箱，请先用 PUT /customers/{externalId} 设置。"
    }
  },
  "CUSTOMER_LINKED": {
    "status": 409,
    "title": {
      "en": "Customer linked already",
      "zh-CN": "客户已关联用户"
    },
    "detail": {
      "en": "A user acts for this customer already. Remove the link first.",
      "zh-CN": "已有用户可代表该客户操作，请先解除关联。"
    }
  },
  "USAGE_NOT_RELEASABLE": {
    "status": 409,
    "title": {
      "en": "Usage not releasable",
      "zh-CN": "用量不能退回"
    },
    "detail": {
      "en": "Only consumed usage of the last 24 hours can be released, and only once. This one is {status}.",
      "zh-CN": "只有 24 小时内已扣减的用量可以退回，且只能退回一次。该用量的状态为 {status}。"
    }
  },
  "ENTITLEMENT_REQUIRED": {
    "status": 402,
    "title": {
      "en": "Not in your plan",
      "zh-CN": "当前套餐不包含此功能"
    },
    "detail": {
      "en": "Your plan does not include {feature}. Upgrade to use it.",
      "zh-CN": "您的套餐不包含 {feature}，请升级套餐后使用。"
    }
  },
  "SUBSCRIPTION_REQUIRED": {
    "status": 402,
    "title": {
      "en": "Subscription required",
      "zh-CN": "需要订阅"
    },
    "detail": {
      "en": "You have no subscription yet. Subscribe to a plan first.",
      "zh-CN": "您还没有订阅，请先购买订阅计划。"
    }
  },
  "QUOTA_EXCEEDED": {
    "status": 402,
    "title": {
      "en": "Quota exceeded",
      "zh-CN": "配额不足"
    },
    "detail": {
      "en": "Not enough quota: {used} of {limit} used, {cost} needed. It resets at {resetsAt}.",
      "zh-CN": "配额不足。已用：{used}/{limit}，本次需要 {cost}。重置时间：{resetsAt}。"
    }
  },
  "KEY_QUOTA_EXCEEDED": {
    "status": 402,
    "title": {
      "en": "The key's quota is exceeded",
      "zh-CN": "密钥配额不足"
    },
    "detail": {
      "en": "This API key has used {used} of the {limit} that it may use in a month, {cost} needed. It resets at {resetsAt}.",
      "zh-CN": "该 API 密钥本月已用：{used}/{limit}，本次需要 {cost}。重置时间：{resetsAt}。"
    }
  },
  "FORBIDDEN": {
    "status": 403,
    "title": {
      "en": "Not allowed",
      "zh-CN": "无权访问"
    },
    "detail": {
      "en": "You may not do this: {reason}.",
      "zh-CN": "您无权执行此操作：{reason}。"
    }
  },
  "NOT_FOUND": {
    "status": 404,
    "title": {
      "en": "Not found",
      "zh-CN": "未找到"
    },
    "detail": {
      "en": "There is no such {what}.",
      "zh-CN": "不存在：{what}。"
    }
  },
  "PLAN_NOT_FOUND": {
    "status": 404,
    "title": {
      "en": "No such plan",
      "zh-CN": "计划不存在"
    },
    "detail": {
      "en": "There is no plan \"{planCode}\". GET /plans lists them.",
      "zh-CN": "订阅计划“{planCode}”不存在，可用 GET /plans 查询。"
    }
  },
  "NO_SUBSCRIPTION": {
    "status": 404,
    "title": {
      "en": "No subscription",
      "zh-CN": "没有订阅"
    },
    "detail": {
      "en": "You have no subscription in force.",
      "zh-CN": "您没有生效中的订阅。"
    }
  },
  "METHOD_NOT_ALLOWED": {
    "status": 405,
    "title": {
      "en": "Method not allowed",
      "zh-CN": "请求方法不允许"
    },
    "detail": {
      "en": "This path does not answer that method.",
      "zh-CN": "该路径不支持此请求方法。"
    }
  },
  "EMAIL_TAKEN": {
    "status": 409,
    "title": {
      "en": "E-mail address taken",
      "zh-CN": "邮箱已注册"
    },
    "detail": {
      "en": "An account with this e-mail address exists already.",
      "zh-CN": "该邮箱已注册。"
    }
  },
  "LAST_ADMINISTRATOR": {
    "status": 409,
    "title": {
      "en": "Last administrator",
      "zh-CN": "最后一位管理员"
    },
    "detail": {
      "en": "Nobody else is an administrator. Make somebody one first.",
      "zh-CN": "没有其他管理员，请先指定另一位管理员。"
    }
  },
  "LAST_OWNER": {
    "status": 409,
    "title": {
      "en": "Last owner",
      "zh-CN": "最后一位所有者"
    },
    "detail": {
      "en": "Nobody else owns the organization. Make somebody an owner first.",
      "zh-CN": "该机构没有其他所有者，请先指定另一位所有者。"
    }
  },
  "API_KEY_REPLACED": {
    "status": 409,
    "title": {
      "en": "Already rotated",
      "zh-CN": "密钥已轮换"
    },
    "detail": {
      "en": "Another key has taken the place of this API key. Rotate that one, or delete this one.",
      "zh-CN": "该 API 密钥已被新密钥取代，请轮换新密钥或删除该密钥。"
    }
  },
  "TOO_MANY_API_KEYS": {
    "status": 409,
    "title": {
      "en": "Too many API keys",
      "zh-CN": "API 密钥数量过多"
    },
    "detail": {
      "en": "You have {limit} working API keys, the most that a user can have. Delete one first.",
      "zh-CN": "有效的 API 密钥已达上限 {limit} 个，请先删除一个。"
    }
  },
  "ALREADY_MEMBER": {
    "status": 409,
    "title": {
      "en": "Already a member",
      "zh-CN": "已是成员"
    },
    "detail": {
      "en": "That person belongs to the organization already.",
      "zh-CN": "该用户已是机构成员。"
    }
  },
  "TOO_MANY_ORGANIZATIONS": {
    "status": 409,
    "title": {
      "en": "Too many organizations",
      "zh-CN": "机构数量过多"
    },
    "detail": {
      "en": "You own {limit} organizations already.",
      "zh-CN": "您已拥有 {limit} 个机构。"
    }
  },
  "ALREADY_SUBSCRIBED": {
    "status": 409,
    "title": {
      "en": "Already subscribed",
      "zh-CN": "已订阅"
    },
    "detail": {
      "en": "You already hold the plan \"{planCode}\".",
      "zh-CN": "您已订阅“{planCode}”计划。"
    }
  },
  "PLAN_CHANGE_REFUSED": {
    "status": 409,
    "title": {
      "en": "Plan change refused",
      "zh-CN": "无法变更计划"
    },
    "detail": {
      "en": "You hold \"{planCode}\", which is paid until {until}; a cheaper plan can follow after that.",
      "zh-CN": "您的“{planCode}”计划有效期至 {until}，到期后方可改订更低价的计划。"
    }
  },
  "TRIAL_NOT_AVAILABLE": {
    "status": 409,
    "title": {
      "en": "No trial",
      "zh-CN": "不提供试用"
    },
    "detail": {
      "en": "The plan \"{planCode}\" can't be tried: {reason}. Subscribe to it without `trial`.",
      "zh-CN": "“{planCode}”计划不可试用：{reason}。可不带 trial 直接订阅。"
    }
  },
  "TRIAL_ALREADY_USED": {
    "status": 409,
    "title": {
      "en": "Trial already used",
      "zh-CN": "试用机会已使用"
    },
    "detail": {
      "en": "You, or this account, have tried a plan already; that can be done once. Subscribe without `trial`.",
      "zh-CN": "您或该账户已试用过订阅计划，每位用户和每个账户仅可试用一次。可不带 trial 直接订阅。"
    }
  },
  "PLAN_CODE_TAKEN": {
    "status": 409,
    "title": {
      "en": "Plan code taken",
      "zh-CN": "计划代码已存在"
    },
    "detail": {
      "en": "There is a plan \"{planCode}\" already. Change it by POST /admin/plans/{planCode}/versions.",
      "zh-CN": "计划“{planCode}”已存在，可用 POST /admin/plans/{planCode}/versions 修改。"
    }
  },
  "PLAN_VERSION_CONFLICT": {
    "status": 409,
    "title": {
      "en": "Plan changed meanwhile",
      "zh-CN": "计划已被同时修改"
    },
    "detail": {
      "en": "Somebody made a version of \"{planCode}\" at the same moment. Look at it, and try again.",
      "zh-CN": "有人刚刚创建了“{planCode}”的新版本，请查看后重试。"
    }
  },
  "COUPON_INVALID": {
    "status": 409,
    "title": {
      "en": "Coupon not valid",
      "zh-CN": "优惠券无效"
    },
    "detail": {
      "en": "The coupon \"{couponCode}\" can't be used here: {reason}.",
      "zh-CN": "优惠券“{couponCode}”在此不可用：{reason}。"
    }
  },
  "COUPON_USED_UP": {
    "status": 409,
    "title": {
      "en": "Coupon used up",
      "zh-CN": "优惠券已用完"
    },
    "detail": {
      "en": "The coupon \"{couponCode}\" has been used as often as it can be.",
      "zh-CN": "优惠券“{couponCode}”已被领完。"
    }
  },
  "COUPON_ALREADY_USED": {
    "status": 409,
    "title": {
      "en": "Coupon already used",
      "zh-CN": "优惠券已使用"
    },
    "detail": {
      "en": "You have used the coupon \"{couponCode}\" already. If that order is still to be paid, close it to use it again.",
      "zh-CN": "您已使用过优惠券“{couponCode}”。如该订单尚未支付，关闭后可再次使用。"
    }
  },
  "COUPON_CODE_TAKEN": {
    "status": 409,
    "title": {
      "en": "Coupon code taken",
      "zh-CN": "优惠券代码已存在"
    },
    "detail": {
      "en": "There is a coupon \"{couponCode}\" already. Choose another code.",
      "zh-CN": "优惠券“{couponCode}”已存在，请使用其他代码。"
    }
  },
  "TOPUP_CODE_TAKEN": {
    "status": 409,
    "title": {
      "en": "Top-up code taken",
      "zh-CN": "加量包代码已存在"
    },
    "detail": {
      "en": "There is a top-up pack \"{packCode}\" already. Change it by PATCH /admin/topups/{packCode}.",
      "zh-CN": "加量包“{packCode}”已存在，可用 PATCH /admin/topups/{packCode} 修改。"
    }
  },
  "PLAN_IS_FREE": {
    "status": 409,
    "title": {
      "en": "The plan is free",
      "zh-CN": "免费计划"
    },
    "detail": {
      "en": "The plan \"{planCode}\" costs nothing: there is nothing to renew or cancel.",
      "zh-CN": "“{planCode}”为免费计划，无需续费或取消。"
    }
  },
  "PERIOD_PAID_AHEAD": {
    "status": 409,
    "title": {
      "en": "The next period is paid ahead",
      "zh-CN": "下一周期已付费"
    },
    "detail": {
      "en": "The plan \"{planCode}\" is paid for from {startsAt} on (order {orderId}). Ask for a refund of that order to keep the present plan.",
      "zh-CN": "计划“{planCode}”已付费，自 {startsAt} 起生效（订单 {orderId}）。如需保留当前计划，请申请该订单退款。"
    }
  },
  "PAYMENT_NOT_PENDING": {
    "status": 409,
    "title": {
      "en": "Payment not pending",
      "zh-CN": "支付单不在待支付状态"
    },
    "detail": {
      "en": "The payment is {status}; only a pending one can be closed.",
      "zh-CN": "支付单状态为 {status}，只有待支付的订单可以关闭。"
    }
  },
  "PAYMENT_NOT_PAID": {
    "status": 409,
    "title": {
      "en": "Payment not paid",
      "zh-CN": "支付单未支付"
    },
    "detail": {
      "en": "The payment is {status}; this is for a paid one.",
      "zh-CN": "支付单状态为 {status}，此操作只适用于已支付的订单。"
    }
  },
  "FAPIAO_ALREADY_REQUESTED": {
    "status": 409,
    "title": {
      "en": "Fapiao requested already",
      "zh-CN": "已申请发票"
    },
    "detail": {
      "en": "This payment has a fapiao that is {status}. Withdraw the request first, or wait for the red-letter fapiao.",
      "zh-CN": "该订单已有状态为 {status} 的发票，请先撤回申请，或等待红字发票开具。"
    }
  },
  "FAPIAO_NOT_IN_STATE": {
    "status": 409,
    "title": {
      "en": "Not possible for this fapiao",
      "zh-CN": "发票状态不允许此操作"
    },
    "detail": {
      "en": "The fapiao is {status}, so this can no longer or not yet be done.",
      "zh-CN": "发票状态为 {status}，不能执行此操作。"
    }
  },
  "REFUND_EXCEEDS_PAYMENT": {
    "status": 409,
    "title": {
      "en": "Refund exceeds the payment",
      "zh-CN": "退款超出可退金额"
    },
    "detail": {
      "en": "{asked} was asked for, {refundable} can still be refunded.",
      "zh-CN": "申请退款 {asked}，剩余可退 {refundable}。"
    }
  },
  "REFUND_UNCERTAIN": {
    "status": 502,
    "title": {
      "en": "An earlier refund is uncertain",
      "zh-CN": "先前的退款结果未知"
    },
    "detail": {
      "en": "The channel did not say what became of the refused refund {refundId}. Another one could be paid twice: try again shortly.",
      "zh-CN": "支付渠道未告知被拒绝的退款 {refundId} 的结果。为避免重复退款，请稍后重试。"
    }
  },
  "CHANNEL_NOT_CONFIGURED": {
    "status": 409,
    "title": {
      "en": "Payment channel not configured",
      "zh-CN": "支付渠道未配置"
    },
    "detail": {
      "en": "The channel \"{provider}\" is not set up here. Available: {available}.",
      "zh-CN": "支付渠道“{provider}”未配置。可用渠道：{available}。"
    }
  },
  "AGREEMENT_NOT_OFFERED": {
    "status": 409,
    "title": {
      "en": "Charging by agreement not offered",
      "zh-CN": "不支持自动续费扣款"
    },
    "detail": {
      "en": "The channel \"{provider}\" does not charge by agreement here. Channels that do: {available}. Renew by POST /subscriptions/current/renew.",
      "zh-CN": "支付渠道“{provider}”在此不支持签约扣款。支持的渠道：{available}。可用 POST /subscriptions/current/renew 续费。"
    }
  },
  "AGREEMENT_EXISTS": {
    "status": 409,
    "title": {
      "en": "There is an agreement already",
      "zh-CN": "已有扣款协议"
    },
    "detail": {
      "en": "You have an agreement through \"{provider}\" that is {status}. End it by DELETE /subscriptions/current/agreement before you make another.",
      "zh-CN": "您在“{provider}”已有状态为 {status} 的扣款协议，请先用 DELETE /subscriptions/current/agreement 解约。"
    }
  },
  "CHANNEL_REFUSED": {
    "status": 409,
    "title": {
      "en": "Refused by the payment channel",
      "zh-CN": "支付渠道拒绝"
    },
    "detail": {
      "en": "The channel \"{provider}\" refused: {reason}.",
      "zh-CN": "支付渠道“{provider}”拒绝了请求：{reason}。"
    }
  },
  "HOLD_NOT_OPEN": {
    "status": 409,
    "title": {
      "en": "Hold not open",
      "zh-CN": "预留已结束"
    },
    "detail": {
      "en": "The hold is {status} already; only an open one can be committed or released.",
      "zh-CN": "该预留的状态为 {status}，只有未结束的预留可以确认或释放。"
    }
  },
  "HOLD_NOT_YOURS": {
    "status": 403,
    "title": {
      "en": "Hold made by another caller",
      "zh-CN": "预留由其他调用方创建"
    },
    "detail": {
      "en": "Only the kind of caller that made this hold can commit or release it.",
      "zh-CN": "只有创建该预留的一类调用方才能确认或释放。"
    }
  },
  "COST_EXCEEDS_HOLD": {
    "status": 409,
    "title": {
      "en": "Cost exceeds the hold",
      "zh-CN": "用量超出预留"
    },
    "detail": {
      "en": "It costs {cost}, more than was held. The hold stays open: commit at most what it holds.",
      "zh-CN": "实际用量 {cost} 超出预留数量。预留仍然有效，确认的用量不得超过预留数量。"
    }
  },
  "DELIVERY_PENDING": {
    "status": 409,
    "title": {
      "en": "Delivery pending",
      "zh-CN": "投递尚未结束"
    },
    "detail": {
      "en": "It is still being delivered. Only what was delivered, skipped or given up can be replayed.",
      "zh-CN": "该投递仍在进行中，只有已送达、已跳过或已放弃的投递可以重放。"
    }
  },
  "IDEMPOTENCY_KEY_IN_USE": {
    "status": 409,
    "title": {
      "en": "Idempotency key in use",
      "zh-CN": "幂等键正在使用"
    },
    "detail": {
      "en": "The first request with this Idempotency-Key is still running. Try again shortly.",
      "zh-CN": "使用该 Idempotency-Key 的首个请求仍在处理中，请稍后重试。"
    }
  },
  "PAYLOAD_TOO_LARGE": {
    "status": 413,
    "title": {
      "en": "Body too large",
      "zh-CN": "请求体过大"
    },
    "detail": {
      "en": "The body is larger than this route takes.",
      "zh-CN": "请求体超出该接口允许的大小。"
    }
  },
  "UNSUPPORTED_MEDIA_TYPE": {
    "status": 415,
    "title": {
      "en": "Unsupported content type",
      "zh-CN": "不支持的内容类型"
    },
    "detail": {
      "en": "Send the body as application/json.",
      "zh-CN": "请以 application/json 发送请求体。"
    }
  },
  "IDEMPOTENCY_KEY_REUSED": {
    "status": 422,
    "title": {
      "en": "Idempotency key reused",
      "zh-CN": "幂等键被重复用于不同请求"
    },
    "detail": {
      "en": "This Idempotency-Key was used with another body. Use a fresh key for a new request.",
      "zh-CN": "该 Idempotency-Key 已用于另一个请求体，新的请求请使用新的键。"
    }
  },
  "TOO_MANY_ATTEMPTS": {
    "status": 429,
    "title": {
      "en": "Too many attempts",
      "zh-CN": "尝试次数过多"
    },
    "detail": {
      "en": "Too many attempts. Try again in {seconds} s.",
      "zh-CN": "尝试次数过多，请在 {seconds} 秒后重试。"
    }
  },
  "CONCURRENCY_LIMIT": {
    "status": 429,
    "title": {
      "en": "Too many jobs in parallel",
      "zh-CN": "并发数已达上限"
    },
    "detail": {
      "en": "You have reached your plan’s limit of concurrent jobs. Wait for one to finish, or try again in {seconds} s.",
      "zh-CN": "正在处理的任务数已达计划上限，请在 {seconds} 秒后重试。"
    }
  },
  "REQUEST_REFUSED": {
    "status": 400,
    "title": {
      "en": "Request refused",
      "zh-CN": "请求被拒绝"
    },
    "detail": {
      "en": "The request was refused.",
      "zh-CN": "请求被拒绝。"
    }
  },
  "INTERNAL_ERROR": {
    "status": 500,
    "title": {
      "en": "Internal error",
      "zh-CN": "内部错误"
    },
    "detail": {
      "en": "Something went wrong here. It was recorded; try again later.",
      "zh-CN": "服务内部出错，已记录，请稍后重试。"
    }
  },
  "CHANNEL_UNAVAILABLE": {
    "status": 502,
    "title": {
      "en": "Payment channel unavailable",
      "zh-CN": "支付渠道不可用"
    },
    "detail": {
      "en": "The channel \"{provider}\" did not answer. Nothing is lost: ask for the payment again shortly.",
      "zh-CN": "支付渠道“{provider}”没有响应，订单不会丢失，请稍后重试。"
    }
  },
  "OVERLOADED": {
    "status": 503,
    "title": {
      "en": "Overloaded",
      "zh-CN": "服务繁忙"
    },
    "detail": {
      "en": "Too many requests wait already. Nothing was done; try again shortly.",
      "zh-CN": "等待处理的请求过多，本次请求未执行，请稍后重试。"
    }
  },
  "SERVICE_UNAVAILABLE": {
    "status": 503,
    "title": {
      "en": "Temporarily unavailable",
      "zh-CN": "服务暂不可用"
    },
    "detail": {
      "en": "The service is not ready. Try again shortly.",
      "zh-CN": "服务暂不可用，请稍后重试。"
    }
  }
} as const;
