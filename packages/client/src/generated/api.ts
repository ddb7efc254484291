// Made from openapi.json by `npm run client:types`: change it there, not here.

export interface paths {
  "/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Lead a browser to the portal
     * @description A browser is redirected; a program gets the addresses that it may want.
     */
    get: operations["openFrontDoor"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/.well-known/jwks.json": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get the public keys of access tokens
     * @description RFC 7517. Empty while tokens are signed with a shared secret.
     */
    get: operations["getJsonWebKeySet"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/audit": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List audit entries, newest first */
    get: operations["listAuditEntries"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/coupons": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List coupons, newest first */
    get: operations["listCoupons"];
    put?: never;
    /**
     * Create a coupon
     * @description Each user can use it once. What a percentage takes off is rounded down to the fen.
     */
    post: operations["createCoupon"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/coupons/{code}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Update or end a coupon
     * @description Orders that have it keep it.
     */
    patch: operations["updateCoupon"];
    trace?: never;
  };
  "/admin/entitlement-overrides": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List overrides, newest first
     * @description Those that are over as well.
     */
    get: operations["listEntitlementOverrides"];
    put?: never;
    /**
     * Override an entitlement of an account
     * @description Until an end, with a reason. It takes the place of an earlier override of the same feature.
     */
    post: operations["createEntitlementOverride"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/entitlement-overrides/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Remove an override
     * @description The plan’s word holds again.
     */
    delete: operations["removeEntitlementOverride"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/event-deliveries": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List deliveries to all destinations, newest first
     * @description `?status=dead` shows the dead letters: mails and handlers among them.
     */
    get: operations["listDeliveries"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/event-deliveries/{id}/replay": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send any delivery again with the same event id */
    post: operations["replayDelivery"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/fapiao": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List fapiao requests, newest first */
    get: operations["listFapiaoRequests"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/fapiao/{id}/issue": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Record a fapiao’s number */
    post: operations["issueFapiao"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/fapiao/{id}/red-letter": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Record a red-letter fapiao’s number
     * @description Due since money went back. The customer may then ask for a fapiao over what is left.
     */
    post: operations["recordRedLetterFapiao"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/fapiao/{id}/reject": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Reject a fapiao request */
    post: operations["rejectFapiao"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/fapiao/export.csv": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Export fapiao requests as CSV
     * @description UTF-8 with a byte order mark. At most 10,000 rows; what begins like a formula gets an apostrophe.
     */
    get: operations["exportFapiaoRequests"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/organizations/{id}/owners": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make a member an owner of their organization
     * @description For an organization with no owner who can still act. The audit log names the administrator.
     */
    post: operations["nameOrganizationOwner"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/payment-incidents": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List payments that need a person, newest first
     * @description Money that came late or twice, refunds that failed, words of a channel that fit no order.
     */
    get: operations["listPaymentIncidents"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/payments": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List and search all payments, newest first */
    get: operations["listAllPayments"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/payments/export.csv": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Export payments as CSV
     * @description The audit log says who asked for what.
     */
    get: operations["exportPayments"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/plans": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List every version of every plan, newest first */
    get: operations["listPlanVersions"];
    put?: never;
    /**
     * Create a plan
     * @description It is on sale immediately, as version 1.
     */
    post: operations["createPlan"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/plans/{code}/archive": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take a plan off sale
     * @description Who holds it keeps it.
     */
    post: operations["archivePlan"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/plans/{code}/restore": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Put a plan on sale again
     * @description In its latest version.
     */
    post: operations["restorePlan"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/plans/{code}/versions": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Create a plan’s next version
     * @description What the body leaves out stays. The version is sold from now on; who holds an older one keeps it until they change, or until `migrateAt`. A free plan stays free, and a plan keeps its billing cycle.
     */
    post: operations["createPlanVersion"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/quota/balances": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List quota grants and their balances, newest first */
    get: operations["listQuotaBalances"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/quota/grants": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Grant quota to an account
     * @description Used like any other: what expires first, first.
     */
    post: operations["grantQuota"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/quota/holds/{holdId}/release": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Release any hold
     * @description An administrator may release any hold. Releasing it again changes nothing.
     */
    post: operations["releaseAnyHold"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/reconciliations": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List reconciliations, newest first */
    get: operations["listReconciliations"];
    put?: never;
    /**
     * Compare a channel’s bill of a day with the records
     * @description In both directions. What is missing here and proven by asking the channel is settled; the rest is for a person.
     */
    post: operations["reconcileDay"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/reconciliations/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get a reconciliation with its counts */
    get: operations["getReconciliation"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/reconciliations/{id}/differences": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the differences of a reconciliation */
    get: operations["listDifferences"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/service-keys": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List service keys, newest first */
    get: operations["listServiceKeys"];
    put?: never;
    /**
     * Make a service key
     * @description For a backend that acts for its customers. The key is shown this once.
     */
    post: operations["createServiceKey"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/service-keys/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Delete a service key
     * @description Every process refuses it within half a second.
     */
    delete: operations["revokeServiceKey"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/service-keys/{id}/rotate": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Rotate a service key
     * @description The new key has the same name, scopes and length of life. The old one works until the overlap ends.
     */
    post: operations["rotateServiceKey"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/topups": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List every top-up pack, newest first */
    get: operations["listAllTopUpPacks"];
    put?: never;
    /**
     * Create a top-up pack
     * @description It is on sale immediately.
     */
    post: operations["createTopUpPack"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/topups/{code}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Update a top-up pack, or take it off sale
     * @description What the body leaves out stays. Orders that were made keep their terms.
     */
    patch: operations["updateTopUpPack"];
    trace?: never;
  };
  "/admin/usage": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List usage of an account, a user or all, newest first */
    get: operations["listAllUsage"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/usage/summary": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Sum all usage by day, resource type or status */
    get: operations["summarizeAllUsage"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/users": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List and search users, newest first */
    get: operations["listUsers"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/users/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get a user */
    get: operations["getUser"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/users/{id}/deactivate": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Deactivate a user
     * @description Sessions end, and access tokens and API keys are refused within a second. 409 `LAST_OWNER` names in `organizations` those that would have members but no owner who can act: name an owner first by POST /admin/organizations/{id}/owners.
     */
    post: operations["deactivateUser"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/users/{id}/export": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Export a user’s personal data
     * @description The audit log says who asked.
     */
    get: operations["exportUserData"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/users/{id}/reactivate": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Reactivate a user
     * @description The user has to sign in again.
     */
    post: operations["reactivateUser"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/users/{id}/role": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Change a user’s role
     * @description Every session of the user ends.
     */
    put: operations["changeUserRole"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/users/{id}/sessions": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * End every session of a user
     * @description Access tokens are refused within a second. API keys go on. The audit log says who did it.
     */
    delete: operations["endUserSessions"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/users/export.csv": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Export users as CSV
     * @description The audit log says who asked.
     */
    get: operations["exportUsers"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/webhook-endpoints": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List webhook endpoints, newest first */
    get: operations["listWebhookEndpoints"];
    put?: never;
    /**
     * Create a webhook endpoint
     * @description Signed after Standard Webhooks. The secret is in this answer and in no other.
     */
    post: operations["createWebhookEndpoint"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/webhook-endpoints/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get a webhook endpoint */
    get: operations["getWebhookEndpoint"];
    put?: never;
    post?: never;
    /** Delete a webhook endpoint and its queue */
    delete: operations["deleteWebhookEndpoint"];
    options?: never;
    head?: never;
    /** Update, enable or disable a webhook endpoint */
    patch: operations["updateWebhookEndpoint"];
    trace?: never;
  };
  "/admin/webhook-endpoints/{id}/deliveries": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List an endpoint’s deliveries, newest first */
    get: operations["listEndpointDeliveries"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/webhook-endpoints/{id}/deliveries/{deliveryId}/replay": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send a delivery again with the same event id */
    post: operations["replayEndpointDelivery"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/webhook-endpoints/{id}/rotate-secret": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Rotate a webhook endpoint’s secret
     * @description During the overlap each message carries the signatures of both secrets, and of earlier ones with an overlap that is not over. With overlapHours 0 the new secret signs alone.
     */
    post: operations["rotateWebhookSecret"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/admin/webhook-endpoints/{id}/test": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send a test event to a webhook endpoint */
    post: operations["testWebhookEndpoint"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api-keys": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List your API keys, newest first */
    get: operations["listApiKeys"];
    put?: never;
    /**
     * Create an API key
     * @description The key is shown this once. It acts for the account that X-Account-Id names.
     */
    post: operations["createApiKey"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api-keys/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Revoke an API key
     * @description From now on it is refused.
     */
    delete: operations["revokeApiKey"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api-keys/{id}/rotate": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Replace an API key, with an overlap
     * @description With the same name, account, scopes and cap, and for as long a life. The old one works until the overlap ends.
     */
    post: operations["rotateApiKey"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/auth/email-verification": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Request a link that verifies the e-mail address
     * @description The answer is the same whether or not anybody has that address.
     */
    post: operations["requestEmailVerification"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/auth/email-verification/confirm": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Verify the e-mail address by a link
     * @description Until now anybody may have registered the address: every session, API key, link and sent invitation of the user ends. Sign in again.
     */
    post: operations["confirmEmailVerification"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/auth/login": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sign in */
    post: operations["login"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/auth/logout": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sign out: end the session
     * @description The refresh token is refused from now on, and the access tokens within a second.
     */
    post: operations["logout"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/auth/password-reset": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Request a link to set a new password
     * @description The answer is the same whether or not anybody has that address.
     */
    post: operations["requestPasswordReset"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/auth/password-reset/confirm": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Set a new password by a link
     * @description Every session, API key and link of the user ends. The link works once.
     */
    post: operations["confirmPasswordReset"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/auth/refresh": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Exchange a refresh token for a new pair
     * @description A token serves once; again within 10 s it gives the same successor. Later it ends the whole session, since somebody else may have it.
     */
    post: operations["refreshTokens"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/auth/register": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Register a user and sign in */
    post: operations["register"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/customers": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List customers, newest first */
    get: operations["listCustomers"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/customers/{externalId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get a customer with subscription and quota
     * @description All that there is to know about one customer, entitlements included.
     */
    get: operations["getCustomer"];
    /**
     * Create or update a customer
     * @description The first time with an account and the free plan. What is left out stays as it is. Safe to repeat.
     */
    put: operations["putCustomer"];
    post?: never;
    /**
     * Delete a customer and their personal data
     * @description A running subscription ends, without a refund. Payments stay for accounting, without the person.
     */
    delete: operations["deleteCustomer"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/customers/{externalId}/link": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Invite the customer to sign in
     * @description Mails a link to the customer’s address, good once within seven days. A user who has signed in with the same, verified address may then act for the account (X-Account-Id).
     */
    post: operations["inviteCustomer"];
    /**
     * Remove the link to a user
     * @description The user acts for the account no longer.
     */
    delete: operations["unlinkCustomer"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/docs": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** This document as Swagger UI */
    get: operations["showDocuments"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/docs-json": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** This document */
    get: operations["getOpenApiDocument"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/entitlements": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List entitlements
     * @description All features that plans can promise, granted or not.
     */
    get: operations["listEntitlements"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/entitlements/{feature}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get one entitlement */
    get: operations["getEntitlement"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/health/live": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Check whether the process runs
     * @description Restart it where this fails.
     */
    get: operations["getLiveness"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/health/ready": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Check whether the service can serve
     * @description Send it no requests while this fails.
     */
    get: operations["getReadiness"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/invitations/accept": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Accept an invitation by its link
     * @description Signed in with the address that it was sent to.
     */
    post: operations["acceptInvitation"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/metrics": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read metrics in Prometheus’ text format
     * @description Where the operator has set `METRICS_TOKEN`, send it as `Authorization: Bearer …`.
     */
    get: operations["getMetrics"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/organizations": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the organizations that you belong to */
    get: operations["listOrganizations"];
    put?: never;
    /** Create an organization that you own */
    post: operations["createOrganization"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/organizations/{id}/invitations": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List open invitations */
    get: operations["listInvitations"];
    put?: never;
    /**
     * Invite a member by e-mail
     * @description The link is good for seven days.
     */
    post: operations["inviteMember"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/organizations/{id}/invitations/{invitationId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Withdraw an invitation */
    delete: operations["withdrawInvitation"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/organizations/{id}/members": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the members of your organization */
    get: operations["listMembers"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/organizations/{id}/members/{userId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Change a member’s role
     * @description Owners are made and unmade by owners.
     */
    put: operations["changeMemberRole"];
    post?: never;
    /** Remove a member, or leave */
    delete: operations["removeMember"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/payments": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List payments, newest first
     * @description The account’s. An administrator sees everybody’s, a plain member of an organization those that they ordered.
     */
    get: operations["listPayments"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/payments/{orderId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get a payment
     * @description While it is pending, the channel is asked.
     */
    get: operations["getPayment"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/payments/{orderId}/close": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Close a pending payment
     * @description At the channel first, then here.
     */
    post: operations["closePayment"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/payments/{orderId}/fapiao": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get the newest fapiao request */
    get: operations["getFapiao"];
    put?: never;
    /**
     * Request a fapiao (发票)
     * @description For what was paid less what went back. One at a time for each payment.
     */
    post: operations["requestFapiao"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/payments/{orderId}/fapiao/withdraw": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Withdraw a pending fapiao request */
    post: operations["withdrawFapiao"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/payments/{orderId}/history": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the events of a payment, oldest first
     * @description Notifications as they came, what was done about them, and what a person should look at.
     */
    get: operations["listPaymentEvents"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/payments/{orderId}/receipt": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get a payment’s receipt as a page
     * @description In Chinese or English, by Accept-Language. It tells of the refunds so far.
     */
    get: operations["getReceiptPage"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/payments/{orderId}/receipt.pdf": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get a payment’s receipt as a PDF */
    get: operations["getReceiptPdf"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/payments/{orderId}/refunds": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List a payment’s refunds, newest first */
    get: operations["listRefunds"];
    put?: never;
    /**
     * Refund a payment
     * @description In part or, without an amount, all that is left. A full refund ends the subscription, a partial one by choice.
     */
    post: operations["refundPayment"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/payments/{orderId}/refunds/{refundId}/retry": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Retry a refused refund under its own number
     * @description Asks the channel about it first. A refund that was not refused is returned as it stands. Use this instead of a second refund: two numbers could both be paid.
     */
    post: operations["retryRefund"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/payments/{orderId}/refunds/preview": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Preview a suggested refund amount
     * @description What the unused time and the unused quota are worth, each rounded down to the fen.
     */
    post: operations["previewRefund"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/plans": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the plans on sale */
    get: operations["listPlans"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/portal-sessions": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Create a link that opens the portal
     * @description For a user, or with a service key for a customer. The link works once within 5 minutes, without a password, and opens the portal for an hour. That session can look at usage and orders, and buy; it makes no API keys.
     */
    post: operations["createPortalSession"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/portal/session": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sign in from the portal’s page
     * @description The refresh token is set as a cookie. Only for pages of the same origin.
     */
    post: operations["startPageSession"];
    /**
     * Sign out of the portal’s page
     * @description Ends the session and takes the cookie away. Only for pages of the same origin.
     */
    delete: operations["endPageSession"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/portal/session/link": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Open a portal link
     * @description Works once. The session’s token is set as a cookie. Only for pages of the same origin.
     */
    post: operations["openPortalLink"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/portal/session/refresh": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Get an access token by the page’s cookie
     * @description Without a cookie nobody is signed in: 204. Only for pages of the same origin.
     */
    post: operations["refreshPageSession"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/portal/session/registration": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Register from the portal’s page
     * @description The refresh token is set as a cookie. Only for pages of the same origin.
     */
    post: operations["registerFromPage"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/quota": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get used and remaining quota */
    get: operations["getQuota"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/quota/check": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Check whether enough quota is left, without using it
     * @description Takes nothing and promises nothing.
     */
    post: operations["checkQuota"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/quota/consume": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Consume quota
     * @description Debit and record together, or neither.
     */
    post: operations["consumeQuota"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/quota/holds": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Hold quota for work in progress
     * @description For work that may fail, or with a cost that is known only at the end. Commit or release the hold then. The plan’s feature `max_concurrent` limits how many may be open at the same time.
     */
    post: operations["holdQuota"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/quota/holds/{holdId}/commit": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Commit a hold: the work is done
     * @description Committing it again changes nothing.
     */
    post: operations["commitHold"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/quota/holds/{holdId}/release": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Release a hold: the work is not done
     * @description Releasing it again changes nothing.
     */
    post: operations["releaseHold"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/sandbox/cashier/{orderId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The cashier page of an order
     * @description Only while the sandbox serves. `paymentUrl` and `qrCode` of a payment lead here.
     */
    get: operations["showSandboxCashier"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/sandbox/clock": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read the business time
     * @description Only while the sandbox serves.
     */
    get: operations["getSandboxClock"];
    put?: never;
    /**
     * Move the business time ahead
     * @description Only while the sandbox serves. Everything that falls due on the way happens before the answer. Time never goes back. Other processes on the same database follow within half a second.
     */
    post: operations["moveSandboxClock"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/sandbox/payments/{orderId}/pay": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Pay an order as its buyer
     * @description Only while the sandbox serves. The gateway sends its signed notification in the background.
     */
    post: operations["paySandboxPayment"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/sessions": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List your sessions, newest first */
    get: operations["listSessions"];
    put?: never;
    post?: never;
    /**
     * End every other session
     * @description Within a second their access tokens are refused too.
     */
    delete: operations["endOtherSessions"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/sessions/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * End a session
     * @description Within a second its access tokens are refused too.
     */
    delete: operations["endSession"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/subscriptions": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Subscribe to a plan
     * @description A free plan, a trial and a plan with nothing left to pay after a coupon are active immediately. A paid plan is pending until its payment is settled.
     */
    post: operations["subscribe"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/subscriptions/current": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get the current subscription with its quotas */
    get: operations["getCurrentSubscription"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/subscriptions/current/agreement": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get the newest agreement
     * @description Until it has ended, the channel is asked: its buyer signs and ends it there.
     */
    get: operations["getAgreement"];
    put?: never;
    /**
     * Start an agreement for automatic renewal
     * @description The buyer signs at `signUrl`; from then on each renewal is charged a day before the paid time ends. Asked again while it is pending, it answers with the same agreement.
     */
    post: operations["createAgreement"];
    /**
     * End the agreement
     * @description At the channel first, then here. Where the channel doesn’t answer it is asked again until it does; nothing is charged meanwhile. The subscription goes on to the end of its paid time.
     */
    delete: operations["endAgreement"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/subscriptions/current/cancel": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel at the period’s end, or immediately
     * @description No money is refunded automatically. Until the end, `resume` revokes the cancellation.
     */
    post: operations["cancelSubscription"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/subscriptions/current/change": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Change the plan
     * @description A larger plan comes into force when the difference is paid, a smaller one when the paid time ends; the present plan takes back a cancellation or what is scheduled, or else is a renewal. See docs/guide/subscriptions.md.
     */
    post: operations["changePlan"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/subscriptions/current/change/preview": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Preview the price and effect of a plan change
     * @description Changes nothing.
     */
    post: operations["previewPlanChange"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/subscriptions/current/renew": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Pay for one more period
     * @description It begins where the paid time ends, also where that was within the grace.
     */
    post: operations["renewSubscription"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/subscriptions/current/resume": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Undo a cancellation or a scheduled plan change */
    post: operations["resumeSubscription"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/topups": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the top-up packs on sale */
    get: operations["listTopUpPacks"];
    put?: never;
    /**
     * Buy a top-up pack
     * @description It can be used from the moment it is paid. Of all that somebody has, what expires first is used first.
     */
    post: operations["buyTopUp"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/usage": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List usage, newest first
     * @description Of the account; a plain member of an organization sees their own entries.
     */
    get: operations["listUsage"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/usage/{usageId}/release": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give consumed quota back
     * @description Once, within 24 hours. A service key may release its customers’ usage, an administrator any. A user’s own token or key may not.
     */
    post: operations["releaseUsage"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/usage/summary": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Sum usage by day, resource type or status
     * @description Of the whole account, for plain members of an organization too.
     */
    get: operations["summarizeUsage"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/users/me": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get the signed-in user */
    get: operations["getCurrentUser"];
    /** Update your name or language */
    put: operations["updateCurrentUser"];
    post?: never;
    /**
     * Delete your account and personal data
     * @description Sessions, keys, links and a running subscription end immediately, without a refund. Payments stay for accounting, without your name and address.
     */
    delete: operations["deleteCurrentUser"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/users/me/export": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Export your personal data */
    get: operations["exportOwnData"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/users/me/password": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Change your password
     * @description Every other session of the user ends.
     */
    post: operations["changePassword"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/users/me/security-events": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List your security events, newest first
     * @description Sign-ins and failed ones, ended sessions, changes of the password, API keys and organizations. Entries are kept for 365 days. Where somebody else acted, `actorUserId` and `clientAddress` are null.
     */
    get: operations["listSecurityEvents"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/webhooks/alipay": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Receive Alipay’s notifications
     * @description Form POST, signed with RSA2.
     */
    post: operations["receiveAlipayNotification"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/webhooks/wechat": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Receive WeChat Pay’s notifications
     * @description APIv3 JSON, signed and encrypted.
     */
    post: operations["receiveWechatPayNotification"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    AcceptInvitation: {
      /** @description Out of the link in the mail. */
      token: string;
    };
    AdminPayment: {
      /**
       * Format: uuid
       * @description The account that pays. @format uuid
       */
      accountId: string;
      /** @description In yuan. */
      amount: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      createdAt: string;
      currency: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      expiresAt: string;
      /** @description The way to pay, as the channel names it; null for a channel that has but one. */
      method: string | null;
      /** @description The same string that the channel knows as out_trade_no. */
      orderId: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      paidAt: string | null;
      /** @description Send the buyer's browser there. */
      paymentUrl: string | null;
      /** @description Null for a top-up. */
      planCode: string | null;
      /** @description Hand it to WeChat's own script in the page (`jsapi` only), as it is. */
      prepay: {
        [key: string]: string;
      } | null;
      provider: string;
      /** @description The channel's own number of the payment. */
      providerTradeNo: string | null;
      /** @enum {string} */
      purpose: "change" | "renewal" | "subscription" | "topup";
      /** @description Show it as a QR code. */
      qrCode: string | null;
      /** @description In yuan: what has gone back. */
      refundedAmount: string;
      /** @description In yuan: what is on its way back, and has no outcome yet. */
      refundPendingAmount: string;
      /** @enum {string} */
      status: "closed" | "failed" | "paid" | "partially_refunded" | "pending" | "refunded";
      /**
       * Format: uuid
       * @description Who ordered. @format uuid
       */
      userId: string;
    };
    AdminPaymentList: {
      items: components["schemas"]["AdminPayment"][];
      nextCursor: string | null;
    };
    AdminPlan: {
      /** @enum {string} */
      billingCycle: "monthly" | "yearly";
      code: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      createdAt: string;
      currency: string;
      description: string;
      /** @description Data for the host, keys as written. */
      features: {
        [key: string]: unknown;
      };
      /**
       * Format: uuid
       * @description @format uuid
       */
      id: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      migrateAt: string | null;
      name: string;
      /** @description In yuan. */
      price: string;
      quotas: components["schemas"]["AdminPlanQuota"][];
      /**
       * @description Whether the plan, with all its versions, is on sale.
       * @enum {string}
       */
      status: "active" | "archived";
      /** @description How long it can be tried without paying, once by each user; 0 for not at all. */
      trialDays: number;
      version: number;
    };
    AdminPlanList: {
      items: components["schemas"]["AdminPlan"][];
      nextCursor: string | null;
    };
    AdminPlanQuota: {
      overageCap: number;
      quotaLimit: number;
      /** @enum {string} */
      quotaPeriod: "month";
      quotaType: string;
    };
    AdminTopupPack: {
      amount: number;
      archived: boolean;
      code: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      createdAt: string;
      currency: string;
      name: string;
      /** @description In yuan. */
      price: string;
      quotaType: string;
      validDays: number;
    };
    AdminTopupPackList: {
      items: components["schemas"]["AdminTopupPack"][];
      nextCursor: string | null;
    };
    AdminUsage: {
      /**
       * Format: uuid
       * @description @format uuid
       */
      accountId: string;
      cost: number;
      /**
       * Format: date-time
       * @description @format date-time
       */
      createdAt: string;
      /**
       * Format: uuid
       * @description @format uuid
       */
      id: string;
      resourceId: string | null;
      resourceType: string;
      /** @enum {string} */
      status: "consumed" | "held" | "released";
      /**
       * Format: uuid
       * @description @format uuid
       */
      userId: string;
    };
    AdminUsageList: {
      items: components["schemas"]["AdminUsage"][];
      nextCursor: string | null;
    };
    Agreement: {
      /**
       * Format: date-time
       * @description @format date-time
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      endedAt: string | null;
      /**
       * Format: date-time
       * @description Since when it is to end. Nothing is charged from then on, also while the channel hasn't confirmed it. @format date-time
       */
      endRequestedAt: string | null;
      /**
       * Format: uuid
       * @description @format uuid
       */
      id: string;
      provider: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      signedAt: string | null;
      /** @description Send the buyer's browser there; null once it is signed or over. */
      signUrl: string | null;
      /**
       * @description `active`: renewals are charged on it.
       * @enum {string}
       */
      status: "active" | "ended" | "pending";
    };
    ApiKey: {
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      expiresAt: string | null;
      /** Format: uuid */
      id: string;
      /**
       * Format: date-time
       * @description To the minute.
       */
      lastUsedAt: string | null;
      name: string;
      /** @description How the key begins, to recognise it by. */
      prefix: string;
      /** @description What it may consume in a calendar month, in units; null where only its account's quota limits it. */
      quotaCap: number | null;
      /** @description What of its cap is used in this month, by this key and those that it was rotated from; null without a cap. */
      quotaUsed: number | null;
      /**
       * Format: uuid
       * @description The key that a rotation put in its place.
       */
      replacedBy: string | null;
      scopes: ("quota:read" | "quota:consume" | "billing:read" | "billing:write" | "profile:read" | "profile:write" | "admin")[];
    };
    ApiKeyPage: {
      items: components["schemas"]["ApiKey"][];
      /** @description Asks for what follows; null on the last page. */
      nextCursor: string | null;
    };
    AuditEntry: {
      action: string;
      /**
       * Format: uuid
       * @description Null where a rule acted automatically.
       */
      actorUserId: string | null;
      /** @description From where it was asked for; null where no request did it, and once it is forgotten. */
      clientAddress: string | null;
      /** Format: date-time */
      createdAt: string;
      detail: {
        [key: string]: unknown;
      };
      /** Format: uuid */
      id: string;
      subjectId: string;
      subjectType: string;
      /** @description As the client named itself, in at most 200 characters. */
      userAgent: string | null;
    };
    AuditPage: {
      items: components["schemas"]["AuditEntry"][];
      /** @description Asks for what follows; null on the last page. */
      nextCursor: string | null;
    };
    Balance: {
      /**
       * Format: uuid
       * @description @format uuid
       */
      accountId: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      createdAt: string;
      granted: number;
      /**
       * Format: uuid
       * @description @format uuid
       */
      id: string;
      /** @enum {string} */
      kind: "plan" | "promotion" | "topup";
      quotaType: string;
      used: number;
      /** @description @format date-time */
      validFrom: string;
      /** @description Exclusive. @format date-time */
      validUntil: string;
    };
    BalanceList: {
      items: components["schemas"]["Balance"][];
      nextCursor: string | null;
    };
    BuyTopup: {
      /** @description The way to pay. Alipay: `page` (default), `wap`, `qr`; WeChat Pay: `native` (default), `h5`, `jsapi`. */
      method?: string;
      /** @description The buyer's id within your WeChat app; needed for `jsapi`. */
      openId?: string;
      packCode: string;
      /** @description The channel to pay through: `alipay`, `wechat`, or one that the host added. */
      provider: string;
      /**
       * Format: uri
       * @description Where the buyer's browser goes after paying; http or https.
       */
      returnUrl?: string;
    };
    CalendarAdvance: {
      days?: number;
      /** @description Added before the days. The 31st becomes the last day of a shorter month. */
      months?: number;
    };
    Cancel: {
      /** @description False ends it immediately. Default true. */
      atPeriodEnd?: boolean;
    };
    Change: {
      change: components["schemas"]["ChangeOffer"];
      /** @description Null where nothing is to be paid now. */
      payment: components["schemas"]["PaymentInstruction"] | null;
      /** @description What is in force now: an upgrade that has to be paid isn't yet. */
      subscription: components["schemas"]["Subscription"];
    };
    ChangeCoupon: {
      /**
       * Format: date-time
       * @description When it ends, exclusive; a time in the past ends it immediately; null: it never ends. @format date-time
       */
      endsAt?: string | null;
      /** @description How many orders it is good for; null for any number. Not fewer than those that have it. */
      maxRedemptions?: number | null;
    };
    ChangeOffer: {
      /** @description What the account's own credit pays, in yuan. */
      accountCredit: string;
      /** @description What is to be paid now, in yuan. */
      amount: string;
      /** @description What is unused of the present plan, in yuan. */
      credit: string;
      currency: string;
      /** @description What the coupon takes off the price, in yuan. */
      discount: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      effectiveAt: string;
      /**
       * @description `renewal`: one more period. `upgrade`: the other plan immediately. `downgrade`: the other plan when the present one's
       *     paid time ends. `resumption`: the present plan goes on, and what was scheduled is taken back.
       * @enum {string}
       */
      kind: "downgrade" | "renewal" | "resumption" | "upgrade";
      /** @description @format date-time */
      periodEnd: string | null;
      /** @description The period that follows; null for a free plan, which has no end. @format date-time */
      periodStart: string | null;
      plan: components["schemas"]["Plan"];
      /** @description The plan's price, in yuan. */
      price: string;
      /** @description What the credit is more than the price less the discount, in yuan: it goes to the account, for later orders. */
      surplus: string;
    };
    ChangePassword: {
      currentPassword: string;
      newPassword: string;
    };
    ChangePlan: {
      /** @description Less to pay, if the coupon is good for it; in any case of letters. */
      couponCode?: string;
      /** @description The way to pay. Alipay: `page` (default), `wap`, `qr`; WeChat Pay: `native` (default), `h5`, `jsapi`. */
      method?: string;
      /** @description The buyer's id within your WeChat app; needed for `jsapi`. */
      openId?: string;
      planCode: string;
      /** @description The channel to pay through: `alipay`, `wechat`, or one that the host added. Needed where something is to be paid. */
      provider?: string;
      /**
       * Format: uri
       * @description Where the buyer's browser goes after paying; http or https.
       */
      returnUrl?: string;
    };
    ChangeTopupPack: {
      /** @description How much quota it gives. */
      amount?: number;
      /** @description True takes it off sale, false puts it on again. */
      archived?: boolean;
      name?: string;
      /** @description In yuan. */
      price?: string;
      /** @description How many days it can be used, from the moment it is paid. */
      validDays?: number;
    };
    Checkout: {
      /** @description Null for a free plan, for a trial, and where a coupon leaves nothing to pay. */
      payment: components["schemas"]["PaymentInstruction"] | null;
      subscription: components["schemas"]["Subscription"];
    };
    CheckQuota: {
      cost?: number;
      resourceType: string;
    };
    Clock: {
      /**
       * Format: date-time
       * @description The business time.
       */
      now: string;
      /** @description How far it is ahead of the machine's. */
      shiftSeconds: number;
    };
    ClockMove: {
      advance?: components["schemas"]["CalendarAdvance"];
      advanceSeconds?: number;
      /**
       * Format: date-time
       * @description RFC 3339; not before the present business time, and at most ten years after it.
       */
      now?: string;
    };
    CommitHold: {
      /** @description What the work cost in truth, at most what is held; all of it by default. */
      cost?: number;
    };
    ConsumeQuota: {
      cost?: number;
      /** @description Anything more that the host wants to find again, at most 4 KiB. */
      metadata?: {
        [key: string]: unknown;
      };
      /** @description What it is used for, in the host's own terms. */
      resourceId?: string;
      resourceType: string;
    };
    Consumption: {
      quota: components["schemas"]["Quota"];
      /**
       * Format: uuid
       * @description @format uuid
       */
      usageId: string;
    };
    Coupon: {
      /** @description In yuan. */
      amountOff: string | null;
      code: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      endsAt: string | null;
      maxRedemptions: number | null;
      percentOff: number | null;
      /** @description Null for every plan. */
      planCodes: string[] | null;
      /** @description How many orders have it, paid or still to be paid. */
      redeemed: number;
      /**
       * Format: date-time
       * @description @format date-time
       */
      startsAt: string | null;
    };
    CouponList: {
      items: components["schemas"]["Coupon"][];
      nextCursor: string | null;
    };
    CreateApiKey: {
      /**
       * Format: date-time
       * @description RFC 3339, in the future. Default: a year from now. Null for a key that does not expire.
       */
      expiresAt?: string | null;
      name: string;
      /**
       * @description How much quota the key may consume in a calendar month (Asia/Shanghai), in units, of all quota types together.
       *     Leave it out for all that its account has.
       */
      quotaCap?: number | null;
      /** @description What the key may do. Leave it out for all that you may do yourself, but what needs an access token. */
      scopes?: ("quota:read" | "quota:consume" | "billing:read" | "billing:write" | "profile:read" | "profile:write" | "admin")[] | null;
    };
    CreateCoupon: {
      /** @description In yuan; more than the price makes the plan free. Either this or `percentOff`. */
      amountOff?: string;
      code: string;
      /**
       * Format: date-time
       * @description When it ends, exclusive; a time in the past ends it immediately; null: it never ends. @format date-time
       */
      endsAt?: string | null;
      /** @description How many orders it is good for; null for any number. Not fewer than those that have it. */
      maxRedemptions?: number | null;
      /** @description Either this or `amountOff`. 100 makes the plan free. */
      percentOff?: number;
      /** @description Only these plans. */
      planCodes?: string[];
      /**
       * Format: date-time
       * @description @format date-time
       */
      startsAt?: string;
    };
    CreatedApiKey: {
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      expiresAt: string | null;
      /** Format: uuid */
      id: string;
      /** @description Shown this once. */
      key: string;
      name: string;
      /** @description How the key begins, to recognise it by. */
      prefix: string;
      /** @description What it may consume in a calendar month, in units; null where only its account's quota limits it. */
      quotaCap: number | null;
      scopes: ("quota:read" | "quota:consume" | "billing:read" | "billing:write" | "profile:read" | "profile:write" | "admin")[];
    };
    CreatedServiceKey: {
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      expiresAt: string | null;
      /** Format: uuid */
      id: string;
      /** @description Shown this once. */
      key: string;
      name: string;
      /** @description How the key begins, to recognise it by. */
      prefix: string;
      scopes: ("customers" | "portal" | "quota" | "billing")[];
    };
    CreateOrganization: {
      name: string;
    };
    CreateOverride: {
      /**
       * Format: uuid
       * @description The account. Either this or `externalId`. @format uuid
       */
      accountId?: string;
      /**
       * Format: date-time
       * @description From this moment on the plan’s word holds again. @format date-time
       */
      endsAt: string;
      /** @description A customer’s, by the application’s own id. Either this or `accountId`. */
      externalId?: string;
      /** @description A boolean or static feature; quota is granted by POST /admin/quota/grants. */
      feature: string;
      /** @description For the audit log. */
      reason: string;
      /** @description What holds instead of the plan’s word, of the feature’s own type. */
      value: boolean | number | string;
    };
    CreatePlan: {
      /** @enum {string} */
      billingCycle: "monthly" | "yearly";
      code: string;
      description: string;
      /** @description Only features that the service knows. */
      features?: {
        [key: string]: unknown;
      };
      name: string;
      /** @description In yuan, for each billing cycle. */
      price: string;
      quotas: components["schemas"]["PlanQuotaTerms"][];
      /** @description How long the plan can be tried without paying, once by each user; 0 for not at all. */
      trialDays?: number;
    };
    CreatePlanVersion: {
      description?: string;
      /** @description Only features that the service knows. */
      features?: {
        [key: string]: unknown;
      };
      /**
       * Format: date-time
       * @description From when on subscribers of older versions move to this one, each at the next period's end. Null or left out: they
       *     keep theirs until they change.
       */
      migrateAt?: string | null;
      name?: string;
      /** @description In yuan, for each billing cycle. */
      price?: string;
      quotas?: components["schemas"]["PlanQuotaTerms"][];
      /** @description How long the plan can be tried without paying, once by each user; 0 for not at all. */
      trialDays?: number;
    };
    CreatePortalSession: {
      /** @description With a service key: the customer, as in the header `X-Customer-Id`. A user leaves it out. */
      customer?: string;
      /**
       * @description The page that the link opens.
       * @default overview
       * @enum {string}
       */
      flow?: "cancel" | "invoices" | "overview" | "payments" | "plans" | "renew" | "subscription" | "topups" | "usage";
      /**
       * Format: uri
       * @description Where the portal leads back to; http or https.
       */
      returnUrl?: string;
    };
    CreateReconciliation: {
      /** @description The day in Beijing; its bill is made on the next day after 10:00. */
      date: string;
      provider: string;
    };
    CreateRefund: {
      /** @description In yuan; without it, all that is left. */
      amount?: string;
      /** @description Whether a partial refund ends the subscription too; a full one always does. */
      endSubscription?: boolean;
      /** @description What the buyer reads. */
      reason?: string;
    };
    CreateServiceKey: {
      /**
       * Format: date-time
       * @description RFC 3339, in the future. Leave it out for a key that does not expire.
       */
      expiresAt?: string | null;
      name: string;
      /**
       * @description What the key may do: `customers` manages customers; `quota`, `billing` and `portal` act for the one that
       *     `X-Customer-Id` names.
       */
      scopes: ("customers" | "portal" | "quota" | "billing")[];
    };
    CreateTopupPack: {
      /** @description How much quota it gives. */
      amount: number;
      code: string;
      name: string;
      /** @description In yuan. */
      price: string;
      quotaType: string;
      /** @description How many days it can be used, from the moment it is paid. */
      validDays: number;
    };
    CreateWebhookEndpoint: {
      /** @description For people; null for none. */
      description?: string | null;
      /** @description While false nothing is sent; what was queued before waits. A new one is on unless told otherwise. */
      enabled?: boolean;
      /** @description Which events are sent; none named: all. */
      types?: ("subscription.activated" | "subscription.renewed" | "subscription.changed" | "subscription.canceled" | "subscription.expiring" | "subscription.expired" | "subscription.refunded" | "payment.paid" | "payment.failed" | "payment.refunded" | "payment.incident" | "quota.threshold" | "entitlements.changed")[];
      /** @description https, and a public address. */
      url: string;
    };
    CurrentSubscription: {
      cancelAtPeriodEnd: boolean;
      /**
       * Format: date-time
       * @description Null until the subscription is active. @format date-time
       */
      currentPeriodEnd: string | null;
      /**
       * Format: date-time
       * @description Null until the subscription is active. @format date-time
       */
      currentPeriodStart: string | null;
      /** @description Until when quota goes on unless a renewal is paid; null while the period is paid. @format date-time */
      graceUntil: string | null;
      /**
       * Format: uuid
       * @description @format uuid
       */
      id: string;
      plan: components["schemas"]["Plan"];
      quotas: components["schemas"]["Quota"][];
      /** @description The plan that follows when the paid time ends; null for the same. */
      scheduledPlanCode: string | null;
      /** @enum {string} */
      status: "abandoned" | "active" | "canceled" | "expired" | "pending" | "refunded" | "replaced";
      /**
       * Format: date-time
       * @description When its trial ends, or ended; null where it began without one. It ends then, unless a renewal is paid, which moves
       *     `currentPeriodEnd` behind it.
       *     @format date-time
       */
      trialEndsAt: string | null;
    };
    Customer: {
      /** Format: uuid */
      accountId: string;
      /** Format: date-time */
      createdAt: string;
      displayName: string | null;
      /** Format: email */
      email: string | null;
      externalId: string;
      /** @enum {string} */
      locale: "en" | "zh-CN";
      metadata: {
        [key: string]: unknown;
      };
    };
    CustomerLink: {
      /**
       * Format: email
       * @description Where the link was sent.
       */
      email: string;
      /** Format: date-time */
      expiresAt: string;
    };
    CustomerOverview: {
      /** Format: uuid */
      accountId: string;
      /** Format: date-time */
      createdAt: string;
      displayName: string | null;
      /** Format: email */
      email: string | null;
      externalId: string;
      /** @enum {string} */
      locale: "en" | "zh-CN";
      metadata: {
        [key: string]: unknown;
      };
      subscription: components["schemas"]["CurrentSubscription"] | null;
    };
    CustomerPage: {
      items: components["schemas"]["Customer"][];
      /** @description Asks for what follows; null on the last page. */
      nextCursor: string | null;
    };
    Deactivation: {
      /** @description For the audit log. */
      reason?: string | null;
    };
    DeleteAccount: {
      /** @description Your password, once more. */
      password: string;
    };
    Delivery: {
      /** @description Since it was queued or replayed. */
      attempts: number;
      /**
       * Format: date-time
       * @description @format date-time
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      deliveredAt: string | null;
      /**
       * Format: date-time
       * @description When it is tried next. @format date-time
       */
      dueAt: string | null;
      /**
       * Format: uuid
       * @description Null for what isn't a webhook. @format uuid
       */
      endpointId: string | null;
      /**
       * Format: uuid
       * @description The `webhook-id` of a webhook. @format uuid
       */
      eventId: string;
      eventType: string;
      /**
       * Format: uuid
       * @description @format uuid
       */
      id: string;
      /** @enum {string} */
      kind: "handlers" | "mail" | "webhook";
      /** @description Why it failed last. */
      lastError: string | null;
      /** @description What the receiver answered last. */
      responseStatus: number | null;
      /** @enum {string} */
      status: "dead" | "delivered" | "pending" | "skipped";
    };
    DeliveryList: {
      items: components["schemas"]["Delivery"][];
      nextCursor: string | null;
    };
    Difference: {
      /** @description In yuan; null where the bill lacks it. */
      channelAmount: string | null;
      /** @description What was found out about it; of a row that can't be read: its place, what is wrong, and its text. */
      detail: string | null;
      /**
       * @description Null for a row that can't be read.
       * @enum {string|null}
       */
      entry: "payment" | "refund" | null;
      /**
       * Format: uuid
       * @description @format uuid
       */
      id: string;
      /** @enum {string} */
      kind: "amount_differs" | "missing_here" | "missing_there" | "unreadable";
      /** @description Null for a row that can't be read. */
      orderId: string | null;
      /** @description In yuan; null where nothing is recorded here. */
      ourAmount: string | null;
      refundNo: string | null;
      /** @enum {string} */
      resolution: "open" | "settled";
      /** @description The channel's own number of the payment. */
      tradeNo: string | null;
    };
    DifferenceCounts: {
      amountDiffers: number;
      /** @description The bill has it, we don't. */
      missingHere: number;
      /** @description We have it, the bill doesn't. */
      missingThere: number;
      /** @description For a person. */
      open: number;
      /** @description Entered here after the channel was asked once more. */
      settled: number;
      /** @description Rows of the bill that can't be told apart. */
      unreadable: number;
    };
    DifferenceList: {
      items: components["schemas"]["Difference"][];
      nextCursor: string | null;
    };
    EmailVerification: {
      /** @description Out of the link in the mail. */
      token: string;
    };
    Entitlement: {
      feature: string;
      /** @description Whether the account has it. A quota that is used up is granted all the same: see `quota`. */
      granted: boolean;
      /** @description Of a metered feature; null for all others, and where the account has none of it. */
      quota: components["schemas"]["Quota"] | null;
      /**
       * @description `static`: a number or a word of the plan’s. `metered`: quota, by its type.
       * @enum {string}
       */
      type: "boolean" | "metered" | "static";
      /** @description True or false, a number, or a word; null for a metered feature, and where the plan says nothing. */
      value: (boolean | null) | number | string;
    };
    EntitlementList: {
      items: components["schemas"]["Entitlement"][];
    };
    Fapiao: {
      /** @description In yuan: what was paid less what had gone back. */
      amount: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      createdAt: string;
      email: string;
      /**
       * Format: uuid
       * @description @format uuid
       */
      id: string;
      /** @enum {string} */
      kind: "company" | "personal";
      number: string | null;
      orderId: string;
      /** @description Why it was turned down. */
      reason: string | null;
      /** @description The red-letter fapiao's. */
      redNumber: string | null;
      /**
       * @description `red_letter_due`: money went back after it was issued, so a red-letter fapiao has to follow.
       * @enum {string}
       */
      status: "issued" | "red_issued" | "red_letter_due" | "rejected" | "requested" | "withdrawn";
      taxNumber: string | null;
      title: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      updatedAt: string;
    };
    FapiaoPage: {
      items: components["schemas"]["Fapiao"][];
      nextCursor: string | null;
    };
    FieldError: {
      /** @description Where in the input, as a dotted path. */
      field: string;
      message: string;
    };
    FrontDoor: {
      /** @description Swagger UI. */
      documentation: string;
      /** @description Whether the service can serve. */
      health: string;
      /** @description The OpenAPI document. */
      openapi: string;
    };
    GrantQuota: {
      /**
       * Format: uuid
       * @description Who gets it. Either this or `userId`. @format uuid
       */
      accountId?: string;
      amount: number;
      quotaType: string;
      /** @description For the audit log. */
      reason: string;
      /**
       * Format: uuid
       * @description The user; their personal account gets it. @format uuid
       */
      userId?: string;
      /** @description Until when it can be used, exclusive. @format date-time */
      validUntil: string;
    };
    Health: {
      /** @enum {string} */
      status: "ok";
    };
    Hold: {
      /**
       * Format: date-time
       * @description From this moment on it is released. @format date-time
       */
      expiresAt: string;
      /**
       * Format: uuid
       * @description Settle it under this id; the usage log has the same. @format uuid
       */
      holdId: string;
      /** @description The plan's `features.priority`, for the queue that the work goes into; null where the plan says nothing. */
      priority: string | null;
      quota: components["schemas"]["Quota"];
    };
    HoldQuota: {
      cost?: number;
      /** @description Anything more that the host wants to find again, at most 4 KiB. */
      metadata?: {
        [key: string]: unknown;
      };
      /** @description What it is used for, in the host's own terms. */
      resourceId?: string;
      resourceType: string;
      /** @description How long the work may take, in seconds, before its quota is given back automatically; 900 by default. */
      ttlSeconds?: number;
    };
    HoldSettlement: {
      /**
       * Format: uuid
       * @description @format uuid
       */
      holdId: string;
      /** @description What the account has now, of the quota type that was held; null where it has none of it any more. */
      quota: components["schemas"]["Quota"] | null;
      /** @enum {string} */
      status: "committed" | "released";
    };
    Invitation: {
      /** Format: date-time */
      createdAt: string;
      /** Format: email */
      email: string;
      /** Format: date-time */
      expiresAt: string;
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      role: "admin" | "member" | "owner";
    };
    InvitationPage: {
      items: components["schemas"]["Invitation"][];
      /** @description Asks for what follows; null on the last page. */
      nextCursor: string | null;
    };
    Invite: {
      /** Format: email */
      email: string;
      /** @enum {string} */
      role: "admin" | "member" | "owner";
    };
    IssueFapiao: {
      /** @description From the tax system: 20 digits, or 8 of an older one. */
      number: string;
    };
    JsonWebKeySet: {
      keys: {
        [key: string]: unknown;
      }[];
    };
    Login: {
      /** Format: email */
      email: string;
      password: string;
    };
    ManagedUser: {
      /**
       * Format: uuid
       * @description The personal account, which owns what the user buys.
       */
      accountId: string;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      deactivatedAt: string | null;
      displayName: string | null;
      /** Format: email */
      email: string;
      /** Format: date-time */
      emailVerifiedAt: string | null;
      /** Format: uuid */
      id: string;
      /**
       * @description The language of what the user is sent.
       * @enum {string}
       */
      locale: "en" | "zh-CN";
      /** @enum {string} */
      role: "admin" | "user";
    };
    ManagedUserPage: {
      items: components["schemas"]["ManagedUser"][];
      /** @description Asks for what follows; null on the last page. */
      nextCursor: string | null;
    };
    Member: {
      /** Format: date-time */
      createdAt: string;
      displayName: string | null;
      /** Format: email */
      email: string;
      /** @enum {string} */
      role: "admin" | "member" | "owner";
      /** Format: uuid */
      userId: string;
    };
    MemberList: {
      items: components["schemas"]["Member"][];
      /** @description Asks for what follows; null on the last page. */
      nextCursor: string | null;
    };
    MemberRole: {
      /** @enum {string} */
      role: "admin" | "member" | "owner";
    };
    MovedClock: {
      /**
       * Format: date-time
       * @description The business time.
       */
      now: string;
      /** @description What fell due meanwhile, by kind. */
      ran: {
        [key: string]: number;
      };
      /** @description How far it is ahead of the machine's. */
      shiftSeconds: number;
    };
    NameOwner: {
      /** Format: uuid */
      userId: string;
    };
    OpenAgreement: {
      /** @description The channel to agree with. Default: the first that charges by agreement. */
      provider?: string;
      /**
       * Format: uri
       * @description Where the buyer’s browser goes after signing; http or https.
       */
      returnUrl?: string;
    };
    OpenPortalLink: {
      /** @description What the link carries behind its `#`. */
      token: string;
    };
    Organization: {
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: uuid
       * @description The account's id, for `X-Account-Id`.
       */
      id: string;
      /**
       * @description `customer`: another application's customer; a link lets the caller act for it.
       * @enum {string}
       */
      kind: "customer" | "organization";
      name: string;
      /**
       * @description What the caller is in it.
       * @enum {string}
       */
      role: "admin" | "member" | "owner";
    };
    OrganizationList: {
      items: components["schemas"]["Organization"][];
      /** @description Asks for what follows; null on the last page. */
      nextCursor: string | null;
    };
    Override: {
      /**
       * Format: uuid
       * @description @format uuid
       */
      accountId: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      createdAt: string;
      /** @description The administrator. @format uuid */
      createdBy: string;
      /**
       * Format: date-time
       * @description When it was removed, replaced, or found to be over; null while it holds. @format date-time
       */
      endedAt: string | null;
      /**
       * Format: date-time
       * @description @format date-time
       */
      endsAt: string;
      feature: string;
      /**
       * Format: uuid
       * @description @format uuid
       */
      id: string;
      reason: string;
      value: boolean | number | string;
    };
    OverrideList: {
      items: components["schemas"]["Override"][];
      nextCursor: string | null;
    };
    PageSession: {
      /** @description A JWT, for `Authorization: Bearer`. Keep it in memory only. */
      accessToken: string;
      /** @description The access token's life, in seconds. */
      expiresIn: number;
      /** @enum {string} */
      tokenType: "Bearer";
      user: components["schemas"]["User"];
    };
    PageTokenOfAny: {
      /** @description A JWT, for `Authorization: Bearer`. Keep it in memory only. */
      accessToken: string;
      /** @description The access token's life, in seconds. */
      expiresIn: number;
      /** @description Null for a sign-in by password. */
      portal: components["schemas"]["PortalSession"] | null;
      /** @enum {string} */
      tokenType: "Bearer";
    };
    PasswordReset: {
      newPassword: string;
      /** @description Out of the link in the mail. */
      token: string;
    };
    PasswordResetRequest: {
      /** Format: email */
      email: string;
    };
    Payment: {
      /** @description In yuan. */
      amount: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      createdAt: string;
      currency: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      expiresAt: string;
      /** @description The way to pay, as the channel names it; null for a channel that has but one. */
      method: string | null;
      /** @description The same string that the channel knows as out_trade_no. */
      orderId: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      paidAt: string | null;
      /** @description Send the buyer's browser there. */
      paymentUrl: string | null;
      /** @description Null for a top-up. */
      planCode: string | null;
      /** @description Hand it to WeChat's own script in the page (`jsapi` only), as it is. */
      prepay: {
        [key: string]: string;
      } | null;
      provider: string;
      /** @description The channel's own number of the payment. */
      providerTradeNo: string | null;
      /** @enum {string} */
      purpose: "change" | "renewal" | "subscription" | "topup";
      /** @description Show it as a QR code. */
      qrCode: string | null;
      /** @description In yuan: what has gone back. */
      refundedAmount: string;
      /** @description In yuan: what is on its way back, and has no outcome yet. */
      refundPendingAmount: string;
      /** @enum {string} */
      status: "closed" | "failed" | "paid" | "partially_refunded" | "pending" | "refunded";
    };
    PaymentEvent: {
      /**
       * Format: uuid
       * @description Who did it; null where a rule or the channel did. @format uuid
       */
      actorUserId: string | null;
      /**
       * Format: date-time
       * @description @format date-time
       */
      at: string;
      /** @description The facts, as they were seen. Amounts in it are in fen. */
      detail: {
        [key: string]: unknown;
      };
      /** @description `notification.received`, `payment.…` for what was done, `incident.…` for what a person should look at. */
      event: string;
      orderId: string;
    };
    PaymentHistory: {
      items: components["schemas"]["PaymentEvent"][];
    };
    PaymentIncidentList: {
      items: components["schemas"]["PaymentEvent"][];
      nextCursor: string | null;
    };
    PaymentInstruction: {
      /** @description In yuan. */
      amount: string;
      currency: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      expiresAt: string;
      /** @description The way to pay, as the channel names it; null for a channel that has but one. */
      method: string | null;
      /** @description The same string that the channel knows as out_trade_no. */
      orderId: string;
      /** @description Send the buyer's browser there. */
      paymentUrl: string | null;
      /** @description Hand it to WeChat's own script in the page (`jsapi` only), as it is. */
      prepay: {
        [key: string]: string;
      } | null;
      provider: string;
      /** @description Show it as a QR code. */
      qrCode: string | null;
      /** @enum {string} */
      status: "closed" | "failed" | "paid" | "partially_refunded" | "pending" | "refunded";
    };
    PaymentList: {
      items: components["schemas"]["Payment"][];
      nextCursor: string | null;
    };
    Plan: {
      /** @enum {string} */
      billingCycle: "monthly" | "yearly";
      code: string;
      currency: string;
      description: string;
      /** @description Data for the host, keys as written. */
      features: {
        [key: string]: unknown;
      };
      /**
       * Format: uuid
       * @description @format uuid
       */
      id: string;
      name: string;
      /** @description In yuan. */
      price: string;
      quotas: components["schemas"]["PlanQuota"][];
      /** @description How long it can be tried without paying, once by each user; 0 for not at all. */
      trialDays: number;
    };
    PlanList: {
      items: components["schemas"]["Plan"][];
    };
    PlanQuota: {
      quotaLimit: number;
      /** @enum {string} */
      quotaPeriod: "month";
      quotaType: string;
    };
    PlanQuotaTerms: {
      /** @description How much may be used beyond the limit in each month, and is only reported. */
      overageCap?: number;
      /** @description For each month, in the type's own units. */
      quotaLimit: number;
      quotaType: string;
    };
    PlanStatus: {
      code: string;
      /** @enum {string} */
      status: "active" | "archived";
    };
    PortalLink: {
      /**
       * Format: date-time
       * @description When the link stops working: 5 minutes after it was made.
       */
      expiresAt: string;
      /** @description Works once. Open it in the person's own browser. */
      url: string;
    };
    PortalSession: {
      /**
       * Format: date-time
       * @description When it ends: an hour after the link was opened.
       */
      expiresAt: string;
      /** @enum {string} */
      flow: "cancel" | "invoices" | "overview" | "payments" | "plans" | "renew" | "subscription" | "topups" | "usage";
      returnUrl: string | null;
    };
    Problem: {
      /**
       * @description The kind of error, for programs: one of a closed list.
       * @enum {string}
       */
      code: "AGREEMENT_EXISTS" | "AGREEMENT_NOT_OFFERED" | "ALREADY_MEMBER" | "ALREADY_SUBSCRIBED" | "API_KEY_REPLACED" | "CHANNEL_NOT_CONFIGURED" | "CHANNEL_REFUSED" | "CHANNEL_UNAVAILABLE" | "CONCURRENCY_LIMIT" | "COST_EXCEEDS_HOLD" | "COUPON_ALREADY_USED" | "COUPON_CODE_TAKEN" | "COUPON_INVALID" | "COUPON_USED_UP" | "CUSTOMER_LINKED" | "CUSTOMER_REQUIRED" | "CUSTOMER_WITHOUT_EMAIL" | "DELIVERY_PENDING" | "EMAIL_TAKEN" | "ENTITLEMENT_REQUIRED" | "FAPIAO_ALREADY_REQUESTED" | "FAPIAO_NOT_IN_STATE" | "FORBIDDEN" | "HOLD_NOT_OPEN" | "HOLD_NOT_YOURS" | "IDEMPOTENCY_KEY_IN_USE" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL_ERROR" | "INVALID_CREDENTIALS" | "INVALID_LINK" | "INVALID_NOTIFICATION" | "INVALID_REFRESH_TOKEN" | "KEY_QUOTA_EXCEEDED" | "LAST_ADMINISTRATOR" | "LAST_OWNER" | "METHOD_NOT_ALLOWED" | "NOT_FOUND" | "NO_SUBSCRIPTION" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "PAYMENT_NOT_PAID" | "PAYMENT_NOT_PENDING" | "PERIOD_PAID_AHEAD" | "PLAN_CHANGE_REFUSED" | "PLAN_CODE_TAKEN" | "PLAN_IS_FREE" | "PLAN_NOT_FOUND" | "PLAN_VERSION_CONFLICT" | "QUOTA_EXCEEDED" | "REFUND_EXCEEDS_PAYMENT" | "REFUND_UNCERTAIN" | "REQUEST_REFUSED" | "SERVICE_UNAVAILABLE" | "SUBSCRIPTION_REQUIRED" | "TOO_MANY_API_KEYS" | "TOO_MANY_ATTEMPTS" | "TOO_MANY_ORGANIZATIONS" | "TOPUP_CODE_TAKEN" | "TRIAL_ALREADY_USED" | "TRIAL_NOT_AVAILABLE" | "UNAUTHENTICATED" | "UNSUPPORTED_MEDIA_TYPE" | "USAGE_NOT_RELEASABLE" | "VALIDATION_FAILED";
      /** @description What happened, for people, in the language asked for. */
      detail: string;
      /** @description The faults of the input, where it was not valid. */
      errors?: components["schemas"]["FieldError"][];
      /** @description What the API key has used of its cap, with KEY_QUOTA_EXCEEDED. */
      keyQuota?: {
        [key: string]: unknown;
      };
      /** @description The quota that is used up, with QUOTA_EXCEEDED. */
      quota?: components["schemas"]["ProblemQuota"];
      status: number;
      /** @description The kind of error, for people, in the language asked for. */
      title: string;
      type: string;
    };
    ProblemQuota: {
      /** @description In units. */
      limit: number;
      quotaType: string;
      /** @description In units. */
      remaining: number;
      /**
       * Format: date-time
       * @description When the next period begins; null where nothing resets. @format date-time
       */
      resetsAt: string | null;
      /** @description In units. */
      used: number;
    };
    Profile: {
      /** Format: date-time */
      createdAt: string;
      displayName: string | null;
      /**
       * Format: email
       * @description Null only for a user without an address in the host application.
       */
      email: string | null;
      /** Format: uuid */
      id: string;
      /**
       * @description The language of what the user is sent.
       * @enum {string}
       */
      locale: "en" | "zh-CN";
      /** @enum {string} */
      role: "admin" | "user";
    };
    PutCustomer: {
      displayName?: string | null;
      /**
       * Format: email
       * @description Where mails about the subscription go. Nobody has to prove it.
       */
      email?: string | null;
      /**
       * @description The language of what the customer is sent; `zh-CN` by default.
       * @enum {string}
       */
      locale?: "en" | "zh-CN";
      /** @description Anything that the application wants to find again, at most 4 KiB. */
      metadata?: {
        [key: string]: unknown;
      } | null;
    };
    Quota: {
      limit: number;
      /** @description How much of `used` goes beyond the limit: what the plan allows, or what came along from another plan. */
      overage?: number;
      quotaType: string;
      remaining: number;
      /**
       * Format: date-time
       * @description When a new period begins. @format date-time
       */
      resetsAt: string;
      used: number;
    };
    QuotaCheck: {
      allowed: boolean;
      quota: components["schemas"]["Quota"];
    };
    QuotaList: {
      items: components["schemas"]["Quota"][];
    };
    QuotaWorth: {
      /** @description What of it can still be used. */
      left: number;
      quotaType: string;
      /** @description What the paid period gives. */
      total: number;
      /** @description In yuan: `left` of `total` of the price, rounded down to the fen. */
      worth: string;
    };
    Readiness: {
      /**
       * @description Whether the keys of each payment channel are right, as the channel answered. `unknown`: it did not answer, or has no
       *     call for it.
       */
      channelKeys: {
        [key: string]: "right" | "wrong" | "unknown";
      };
      /** @enum {string} */
      status: "ok";
    };
    Reconciliation: {
      /**
       * Format: date-time
       * @description @format date-time
       */
      createdAt: string;
      /** @description The day in Beijing. */
      date: string;
      /** @description Why it could not be done; null where it was. */
      error: string | null;
      /**
       * Format: date-time
       * @description @format date-time
       */
      finishedAt: string | null;
      /**
       * Format: uuid
       * @description @format uuid
       */
      id: string;
      /** @description How many lines the bill has. */
      lines: number;
      /** @description How many of them agreed with a payment or refund here. */
      matched: number;
      provider: string;
      /** @enum {string} */
      status: "done" | "failed" | "running" | "unavailable";
      /**
       * @description The channel had no bill of that day when none could be on its way any more, and nothing is recorded here either: it
       *     was matched with nothing. Run it again for a bill that was later than that.
       */
      withoutBill: boolean;
    };
    ReconciliationList: {
      items: components["schemas"]["Reconciliation"][];
      nextCursor: string | null;
    };
    ReconciliationReport: {
      /**
       * Format: date-time
       * @description @format date-time
       */
      createdAt: string;
      /** @description The day in Beijing. */
      date: string;
      differences: components["schemas"]["DifferenceCounts"];
      /** @description Why it could not be done; null where it was. */
      error: string | null;
      /**
       * Format: date-time
       * @description @format date-time
       */
      finishedAt: string | null;
      /**
       * Format: uuid
       * @description @format uuid
       */
      id: string;
      /** @description How many lines the bill has. */
      lines: number;
      /** @description How many of them agreed with a payment or refund here. */
      matched: number;
      provider: string;
      /** @enum {string} */
      status: "done" | "failed" | "running" | "unavailable";
      /**
       * @description The channel had no bill of that day when none could be on its way any more, and nothing is recorded here either: it
       *     was matched with nothing. Run it again for a bill that was later than that.
       */
      withoutBill: boolean;
    };
    RefreshToken: {
      refreshToken: string;
    };
    Refund: {
      /** @description In yuan. */
      amount: string;
      /**
       * Format: date-time
       * @description @format date-time
       */
      createdAt: string;
      /**
       * @description Who wanted it: an administrator, a rule of ours, or somebody at the channel's own console.
       * @enum {string}
       */
      origin: "admin" | "automatic" | "channel";
      reason: string | null;
      /**
       * Format: uuid
       * @description @format uuid
       */
      refundId: string;
      /**
       * Format: date-time
       * @description When it became certain. @format date-time
       */
      settledAt: string | null;
      /**
       * @description `pending` as long as its outcome isn't certain.
       * @enum {string}
       */
      status: "failed" | "pending" | "succeeded";
    };
    RefundList: {
      items: components["schemas"]["Refund"][];
      nextCursor: string | null;
    };
    RefundPreview: {
      quotas: components["schemas"]["QuotaWorth"][];
      /** @description In yuan: what can be refunded at most. */
      refundable: string;
      /** @description In yuan: the least of the three. */
      suggested: string;
      /** @description In yuan: the least that any of the quotas' rest is worth. */
      unusedQuota: string;
      /** @description In yuan: the share of the price that the paid time still to come has, rounded down to the fen. */
      unusedTime: string;
    };
    Register: {
      displayName?: string | null;
      /**
       * Format: email
       * @description Compared trimmed and in lower case.
       */
      email: string;
      password: string;
    };
    RejectFapiao: {
      /** @description The customer reads it. */
      reason: string;
    };
    Renew: {
      /** @description Less to pay, if the coupon is good for it; in any case of letters. */
      couponCode?: string;
      /** @description The way to pay. Alipay: `page` (default), `wap`, `qr`; WeChat Pay: `native` (default), `h5`, `jsapi`. */
      method?: string;
      /** @description The buyer's id within your WeChat app; needed for `jsapi`. */
      openId?: string;
      /** @description The channel to pay through: `alipay`, `wechat`, or one that the host added. Needed where something is to be paid. */
      provider?: string;
      /**
       * Format: uri
       * @description Where the buyer's browser goes after paying; http or https.
       */
      returnUrl?: string;
    };
    RequestFapiao: {
      /**
       * Format: email
       * @description Where it is sent.
       */
      email: string;
      /** @enum {string} */
      kind: "company" | "personal";
      /** @description The unified social credit code (统一社会信用代码), 18 characters; a company has to give it. */
      taxNumber?: string;
      /** @description The name on the fapiao (发票抬头). */
      title: string;
    };
    RoleChange: {
      /** @enum {string} */
      role: "admin" | "user";
    };
    RotateApiKey: {
      /** @description For how long the old key still works, in seconds; a day by default. It never works longer than it would have. */
      overlapSeconds?: number;
    };
    RotateSecret: {
      /** @description How long is signed with the former secret too. Default 24. */
      overlapHours?: number;
    };
    ServiceKey: {
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      expiresAt: string | null;
      /** Format: uuid */
      id: string;
      /**
       * Format: date-time
       * @description To the minute.
       */
      lastUsedAt: string | null;
      name: string;
      /** @description How the key begins, to recognise it by. */
      prefix: string;
      /**
       * Format: uuid
       * @description The key that a rotation put in its place.
       */
      replacedBy: string | null;
      scopes: ("customers" | "portal" | "quota" | "billing")[];
    };
    ServiceKeyPage: {
      items: components["schemas"]["ServiceKey"][];
      /** @description Asks for what follows; null on the last page. */
      nextCursor: string | null;
    };
    Session: {
      /** Format: date-time */
      createdAt: string;
      /** @description Whether it is the one that asks. */
      current: boolean;
      /**
       * Format: date-time
       * @description When it ends, however often it is refreshed.
       */
      expiresAt: string;
      /** Format: uuid */
      id: string;
      /**
       * Format: date-time
       * @description When its tokens were last refreshed.
       */
      lastUsedAt: string;
      /** @description As the client named itself when it signed in. */
      userAgent: string | null;
    };
    SessionPage: {
      items: components["schemas"]["Session"][];
      /** @description Asks for what follows; null on the last page. */
      nextCursor: string | null;
    };
    SignedIn: {
      /** @description A JWT, for `Authorization: Bearer`. */
      accessToken: string;
      /** @description The access token's life, in seconds. */
      expiresIn: number;
      /** @description Opaque; exchanged for the next pair at POST /auth/refresh. */
      refreshToken: string;
      /** @enum {string} */
      tokenType: "Bearer";
      user: components["schemas"]["User"];
    };
    StartedAgreement: {
      agreement: components["schemas"]["Agreement"];
    };
    Subscribe: {
      /** @description Less to pay, if the coupon is good for it; in any case of letters. */
      couponCode?: string;
      /** @description The way to pay. Alipay: `page` (default), `wap`, `qr`; WeChat Pay: `native` (default), `h5`, `jsapi`. */
      method?: string;
      /** @description The buyer's id within your WeChat app; needed for `jsapi`. */
      openId?: string;
      planCode: string;
      /** @description The channel to pay through: `alipay`, `wechat`, or one that the host added. Needed where something is to be paid. */
      provider?: string;
      /**
       * Format: uri
       * @description Where the buyer's browser goes after paying; http or https.
       */
      returnUrl?: string;
      /** @description Try the plan for its `trialDays` without paying: once for each user, and once for each account. Default false. */
      trial?: boolean;
    };
    Subscription: {
      cancelAtPeriodEnd: boolean;
      /**
       * Format: date-time
       * @description Null until the subscription is active. @format date-time
       */
      currentPeriodEnd: string | null;
      /**
       * Format: date-time
       * @description Null until the subscription is active. @format date-time
       */
      currentPeriodStart: string | null;
      /** @description Until when quota goes on unless a renewal is paid; null while the period is paid. @format date-time */
      graceUntil: string | null;
      /**
       * Format: uuid
       * @description @format uuid
       */
      id: string;
      plan: components["schemas"]["Plan"];
      /** @description The plan that follows when the paid time ends; null for the same. */
      scheduledPlanCode: string | null;
      /** @enum {string} */
      status: "abandoned" | "active" | "canceled" | "expired" | "pending" | "refunded" | "replaced";
      /**
       * Format: date-time
       * @description When its trial ends, or ended; null where it began without one. It ends then, unless a renewal is paid, which moves
       *     `currentPeriodEnd` behind it.
       *     @format date-time
       */
      trialEndsAt: string | null;
    };
    TokenPair: {
      /** @description A JWT, for `Authorization: Bearer`. */
      accessToken: string;
      /** @description The access token's life, in seconds. */
      expiresIn: number;
      /** @description Opaque; exchanged for the next pair at POST /auth/refresh. */
      refreshToken: string;
      /** @enum {string} */
      tokenType: "Bearer";
    };
    Topup: {
      amount: number;
      /**
       * Format: uuid
       * @description Also the id of the balance that it becomes. @format uuid
       */
      id: string;
      packCode: string;
      quotaType: string;
      validDays: number;
      /** @description Until when it can be used, exclusive; null until it is paid. @format date-time */
      validUntil: string | null;
    };
    TopupPack: {
      amount: number;
      code: string;
      currency: string;
      name: string;
      /** @description In yuan. */
      price: string;
      quotaType: string;
      validDays: number;
    };
    TopupPackList: {
      items: components["schemas"]["TopupPack"][];
    };
    TopupPurchase: {
      payment: components["schemas"]["PaymentInstruction"];
      topup: components["schemas"]["Topup"];
    };
    UpdateProfile: {
      /** @description Null takes the name away. */
      displayName?: string | null;
      /**
       * @description The language of what the user is sent.
       * @enum {string}
       */
      locale?: "en" | "zh-CN";
    };
    UpdateWebhookEndpoint: {
      /** @description For people; null for none. */
      description?: string | null;
      /** @description While false nothing is sent; what was queued before waits. A new one is on unless told otherwise. */
      enabled?: boolean;
      /** @description Which events are sent; none named: all. */
      types?: ("subscription.activated" | "subscription.renewed" | "subscription.changed" | "subscription.canceled" | "subscription.expiring" | "subscription.expired" | "subscription.refunded" | "payment.paid" | "payment.failed" | "payment.refunded" | "payment.incident" | "quota.threshold" | "entitlements.changed")[];
      /** @description https, and a public address. */
      url?: string;
    };
    Usage: {
      cost: number;
      /**
       * Format: date-time
       * @description @format date-time
       */
      createdAt: string;
      /**
       * Format: uuid
       * @description @format uuid
       */
      id: string;
      resourceId: string | null;
      resourceType: string;
      /** @enum {string} */
      status: "consumed" | "held" | "released";
    };
    UsageList: {
      items: components["schemas"]["Usage"][];
      nextCursor: string | null;
    };
    UsageRelease: {
      /** @description What the account has now, of the quota type that was given back; null where it has none of it any more. */
      quota: components["schemas"]["Quota"] | null;
      /**
       * Format: uuid
       * @description @format uuid
       */
      usageId: string;
    };
    UsageSum: {
      /** @description What they cost together. */
      cost: number;
      /** @description How many usages. */
      count: number;
      /** @description The day, the resource type or the status. */
      key: string;
    };
    UsageSummary: {
      /** @enum {string} */
      groupBy: "day" | "resourceType" | "status";
      /** @description Of the same rows that GET /usage lists, released ones included: ask for a status to leave them out. */
      items: components["schemas"]["UsageSum"][];
      /** @description The time zone of the days. */
      timeZone: string;
      total: components["schemas"]["UsageTotal"];
    };
    UsageTotal: {
      cost: number;
      count: number;
    };
    User: {
      /** Format: date-time */
      createdAt: string;
      displayName: string | null;
      /** Format: email */
      email: string;
      /** Format: uuid */
      id: string;
      /**
       * @description The language of what the user is sent.
       * @enum {string}
       */
      locale: "en" | "zh-CN";
      /** @enum {string} */
      role: "admin" | "user";
    };
    WebhookEndpoint: {
      /**
       * Format: date-time
       * @description @format date-time
       */
      createdAt: string;
      description: string | null;
      enabled: boolean;
      /**
       * Format: uuid
       * @description @format uuid
       */
      id: string;
      /** @description Until when is signed with the former secret too. @format date-time */
      previousSecretUntil: string | null;
      /** @description Empty: all. */
      types: ("subscription.activated" | "subscription.renewed" | "subscription.changed" | "subscription.canceled" | "subscription.expiring" | "subscription.expired" | "subscription.refunded" | "payment.paid" | "payment.failed" | "payment.refunded" | "payment.incident" | "quota.threshold" | "entitlements.changed")[];
      /**
       * Format: date-time
       * @description @format date-time
       */
      updatedAt: string;
      url: string;
    };
    WebhookEndpointList: {
      items: components["schemas"]["WebhookEndpoint"][];
      nextCursor: string | null;
    };
    WebhookEndpointSecret: {
      /**
       * Format: date-time
       * @description @format date-time
       */
      createdAt: string;
      description: string | null;
      enabled: boolean;
      /**
       * Format: uuid
       * @description @format uuid
       */
      id: string;
      /** @description Until when is signed with the former secret too. @format date-time */
      previousSecretUntil: string | null;
      /** @description Shown this once. */
      secret: string;
      /** @description Empty: all. */
      types: ("subscription.activated" | "subscription.renewed" | "subscription.changed" | "subscription.canceled" | "subscription.expiring" | "subscription.expired" | "subscription.refunded" | "payment.paid" | "payment.failed" | "payment.refunded" | "payment.incident" | "quota.threshold" | "entitlements.changed")[];
      /**
       * Format: date-time
       * @description @format date-time
       */
      updatedAt: string;
      url: string;
    };
  };
  responses: {
    /** @description `CUSTOMER_REQUIRED`: Customer required */
    "400_CUSTOMER_REQUIRED": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "CUSTOMER_REQUIRED";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `REQUEST_REFUSED`: Request refused */
    "400_REQUEST_REFUSED": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "REQUEST_REFUSED";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `VALIDATION_FAILED`: Invalid input */
    "400_VALIDATION_FAILED": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "VALIDATION_FAILED";
        } & components["schemas"]["Problem"];
      };
    };
    /**
     * @description `VALIDATION_FAILED`: Invalid input
     *
     *     `CUSTOMER_REQUIRED`: Customer required
     */
    "400_VALIDATION_FAILED_or_CUSTOMER_REQUIRED": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "VALIDATION_FAILED" | "CUSTOMER_REQUIRED";
        } & components["schemas"]["Problem"];
      };
    };
    /**
     * @description `VALIDATION_FAILED`: Invalid input
     *
     *     `INVALID_LINK`: Invalid link
     */
    "400_VALIDATION_FAILED_or_INVALID_LINK": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "VALIDATION_FAILED" | "INVALID_LINK";
        } & components["schemas"]["Problem"];
      };
    };
    /**
     * @description `VALIDATION_FAILED`: Invalid input
     *
     *     `REQUEST_REFUSED`: Request refused
     */
    "400_VALIDATION_FAILED_or_REQUEST_REFUSED": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "VALIDATION_FAILED" | "REQUEST_REFUSED";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `INVALID_CREDENTIALS`: Wrong credentials */
    "401_INVALID_CREDENTIALS": {
      headers: {
        /** @description The scheme to authenticate with. */
        "WWW-Authenticate"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "INVALID_CREDENTIALS";
        } & components["schemas"]["Problem"];
      };
    };
    /**
     * @description `INVALID_CREDENTIALS`: Wrong credentials
     *
     *     `UNAUTHENTICATED`: Not signed in
     */
    "401_INVALID_CREDENTIALS_or_UNAUTHENTICATED": {
      headers: {
        /** @description The scheme to authenticate with. */
        "WWW-Authenticate"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "INVALID_CREDENTIALS" | "UNAUTHENTICATED";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `INVALID_REFRESH_TOKEN`: Invalid refresh token */
    "401_INVALID_REFRESH_TOKEN": {
      headers: {
        /** @description The scheme to authenticate with. */
        "WWW-Authenticate"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "INVALID_REFRESH_TOKEN";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `UNAUTHENTICATED`: Not signed in */
    "401_UNAUTHENTICATED": {
      headers: {
        /** @description The scheme to authenticate with. */
        "WWW-Authenticate"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "UNAUTHENTICATED";
        } & components["schemas"]["Problem"];
      };
    };
    /**
     * @description `SUBSCRIPTION_REQUIRED`: Subscription required
     *
     *     `QUOTA_EXCEEDED`: Quota exceeded
     *
     *     `KEY_QUOTA_EXCEEDED`: The key's quota is exceeded
     */
    "402_SUBSCRIPTION_REQUIRED_or_QUOTA_EXCEEDED_or_KEY_QUOTA_EXCEEDED": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "SUBSCRIPTION_REQUIRED" | "QUOTA_EXCEEDED" | "KEY_QUOTA_EXCEEDED";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `FORBIDDEN`: Not allowed */
    "403_FORBIDDEN": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "FORBIDDEN";
        } & components["schemas"]["Problem"];
      };
    };
    /**
     * @description `HOLD_NOT_YOURS`: Hold made by another caller
     *
     *     `FORBIDDEN`: Not allowed
     */
    "403_HOLD_NOT_YOURS_or_FORBIDDEN": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "HOLD_NOT_YOURS" | "FORBIDDEN";
        } & components["schemas"]["Problem"];
      };
    };
    /**
     * @description `NO_SUBSCRIPTION`: No subscription
     *
     *     `NOT_FOUND`: Not found
     */
    "404_NO_SUBSCRIPTION_or_NOT_FOUND": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "NO_SUBSCRIPTION" | "NOT_FOUND";
        } & components["schemas"]["Problem"];
      };
    };
    /**
     * @description `NO_SUBSCRIPTION`: No subscription
     *
     *     `PLAN_NOT_FOUND`: No such plan
     *
     *     `NOT_FOUND`: Not found
     */
    "404_NO_SUBSCRIPTION_or_PLAN_NOT_FOUND_or_NOT_FOUND": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "NO_SUBSCRIPTION" | "PLAN_NOT_FOUND" | "NOT_FOUND";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `NOT_FOUND`: Not found */
    "404_NOT_FOUND": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "NOT_FOUND";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `PLAN_NOT_FOUND`: No such plan */
    "404_PLAN_NOT_FOUND": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "PLAN_NOT_FOUND";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `DELIVERY_PENDING`: Delivery pending */
    "409_DELIVERY_PENDING": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "DELIVERY_PENDING";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `EMAIL_TAKEN`: E-mail address taken */
    "409_EMAIL_TAKEN": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "EMAIL_TAKEN";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `FAPIAO_NOT_IN_STATE`: Not possible for this fapiao */
    "409_FAPIAO_NOT_IN_STATE": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "FAPIAO_NOT_IN_STATE";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `IDEMPOTENCY_KEY_IN_USE`: Idempotency key in use */
    "409_IDEMPOTENCY_KEY_IN_USE": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "IDEMPOTENCY_KEY_IN_USE";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `LAST_OWNER`: Last owner */
    "409_LAST_OWNER": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "LAST_OWNER";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `PAYMENT_NOT_PAID`: Payment not paid */
    "409_PAYMENT_NOT_PAID": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "PAYMENT_NOT_PAID";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `IDEMPOTENCY_KEY_REUSED`: Idempotency key reused */
    "422_IDEMPOTENCY_KEY_REUSED": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "IDEMPOTENCY_KEY_REUSED";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `TOO_MANY_ATTEMPTS`: Too many attempts */
    "429_TOO_MANY_ATTEMPTS": {
      headers: {
        /** @description When to try again, in seconds. */
        "Retry-After"?: number;
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "TOO_MANY_ATTEMPTS";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `CHANNEL_UNAVAILABLE`: Payment channel unavailable */
    "502_CHANNEL_UNAVAILABLE": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "CHANNEL_UNAVAILABLE";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `REFUND_UNCERTAIN`: An earlier refund is uncertain */
    "502_REFUND_UNCERTAIN": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "REFUND_UNCERTAIN";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `OVERLOADED`: Overloaded */
    "503_OVERLOADED": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "OVERLOADED";
        } & components["schemas"]["Problem"];
      };
    };
    /**
     * @description `OVERLOADED`: Overloaded
     *
     *     `SERVICE_UNAVAILABLE`: Temporarily unavailable
     */
    "503_OVERLOADED_or_SERVICE_UNAVAILABLE": {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "OVERLOADED" | "SERVICE_UNAVAILABLE";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `INTERNAL_ERROR`: Internal error */
    INTERNAL_ERROR: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "INTERNAL_ERROR";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `PAYLOAD_TOO_LARGE`: Body too large */
    PAYLOAD_TOO_LARGE: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "PAYLOAD_TOO_LARGE";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `SERVICE_UNAVAILABLE`: Temporarily unavailable */
    SERVICE_UNAVAILABLE: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "SERVICE_UNAVAILABLE";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `TOO_MANY_ATTEMPTS`: Too many attempts */
    TOO_MANY_ATTEMPTS: {
      headers: {
        /** @description When to try again, in seconds. */
        "Retry-After"?: number;
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "TOO_MANY_ATTEMPTS";
        } & components["schemas"]["Problem"];
      };
    };
    /** @description `UNSUPPORTED_MEDIA_TYPE`: Unsupported content type */
    UNSUPPORTED_MEDIA_TYPE: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "UNSUPPORTED_MEDIA_TYPE";
        } & components["schemas"]["Problem"];
      };
    };
  };
  parameters: {
    /** @description The same key with the same body gets the first answer again, unless that was a 402, a 429 or above 499. Kept for 24 hours. */
    "header_Idempotency-Key": string;
    /** @description With a service key (scope `billing`): the customer that it acts for. */
    "header_X-Customer-Id": string;
    /** @description The application's own id of its customer. */
    path_externalId: string;
    path_id: string;
    path_orderId: string;
    /** @description `nextCursor` of the page before; leave it out for the first page. */
    query_cursor: string;
    /** @description How many items to answer with. */
    query_limit: number;
  };
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  openFrontDoor: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description For a program. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FrontDoor"];
        };
      };
      /** @description For a browser. */
      302: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  getJsonWebKeySet: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The keys. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["JsonWebKeySet"];
        };
      };
    };
  };
  listAuditEntries: {
    parameters: {
      query?: {
        action?: string;
        /** @description Who did it. */
        actorUserId?: string;
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description RFC 3339: not before. */
        from?: string;
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
        subjectId?: string;
        subjectType?: string;
        /** @description RFC 3339: before. */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of entries. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AuditPage"];
        };
      };
    };
  };
  listCoupons: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CouponList"];
        };
      };
    };
  };
  createCoupon: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CreateCoupon"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Coupon"];
        };
      };
    };
  };
  updateCoupon: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        code: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ChangeCoupon"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Coupon"];
        };
      };
    };
  };
  listEntitlementOverrides: {
    parameters: {
      query?: {
        /** @description Only this account’s. @format uuid */
        accountId?: string;
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["OverrideList"];
        };
      };
    };
  };
  createEntitlementOverride: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again, unless that was a 402, a 429 or above 499. Kept for 24 hours. */
        "Idempotency-Key"?: components["parameters"]["header_Idempotency-Key"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CreateOverride"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Override"];
        };
      };
    };
  };
  removeEntitlementOverride: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Removed. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  listDeliveries: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        kind?: "handlers" | "mail" | "webhook";
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
        /** @description Only those in this state; `dead` are the dead letters. */
        status?: "dead" | "delivered" | "pending" | "skipped";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["DeliveryList"];
        };
      };
    };
  };
  replayDelivery: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Delivery"];
        };
      };
    };
  };
  listFapiaoRequests: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
        status?: "issued" | "red_issued" | "red_letter_due" | "rejected" | "requested" | "withdrawn";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FapiaoPage"];
        };
      };
    };
  };
  issueFapiao: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["IssueFapiao"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Fapiao"];
        };
      };
    };
  };
  recordRedLetterFapiao: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["IssueFapiao"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Fapiao"];
        };
      };
    };
  };
  rejectFapiao: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["RejectFapiao"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Fapiao"];
        };
      };
    };
  };
  exportFapiaoRequests: {
    parameters: {
      query?: {
        status?: "issued" | "red_issued" | "red_letter_due" | "rejected" | "requested" | "withdrawn";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The file. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/csv": string;
        };
      };
    };
  };
  nameOrganizationOwner: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["NameOwner"];
      };
    };
    responses: {
      /** @description The member, an owner. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Member"];
        };
      };
    };
  };
  listPaymentIncidents: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PaymentIncidentList"];
        };
      };
    };
  };
  listAllPayments: {
    parameters: {
      query?: {
        /** @description The account that pays. */
        accountId?: string;
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description RFC 3339: ordered not before. */
        from?: string;
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
        provider?: string;
        status?: "closed" | "failed" | "paid" | "partially_refunded" | "pending" | "refunded";
        /** @description RFC 3339: ordered before. */
        to?: string;
        /** @description Who ordered. */
        userId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of payments. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AdminPaymentList"];
        };
      };
    };
  };
  exportPayments: {
    parameters: {
      query?: {
        /** @description The account that pays. */
        accountId?: string;
        /** @description RFC 3339: ordered not before. */
        from?: string;
        provider?: string;
        status?: "closed" | "failed" | "paid" | "partially_refunded" | "pending" | "refunded";
        /** @description RFC 3339: ordered before. */
        to?: string;
        /** @description Who ordered. */
        userId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description CSV in UTF-8 with a byte order mark and a line of headings; no cell is a formula. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/csv": string;
        };
      };
    };
  };
  listPlanVersions: {
    parameters: {
      query?: {
        /** @description Only this plan's. */
        code?: string;
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AdminPlanList"];
        };
      };
    };
  };
  createPlan: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CreatePlan"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AdminPlan"];
        };
      };
    };
  };
  archivePlan: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        code: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PlanStatus"];
        };
      };
    };
  };
  restorePlan: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        code: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PlanStatus"];
        };
      };
    };
  };
  createPlanVersion: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        code: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CreatePlanVersion"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AdminPlan"];
        };
      };
    };
  };
  listQuotaBalances: {
    parameters: {
      query?: {
        /** @description Only this account's. @format uuid */
        accountId?: string;
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["BalanceList"];
        };
      };
    };
  };
  grantQuota: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again, unless that was a 402, a 429 or above 499. Kept for 24 hours. */
        "Idempotency-Key"?: components["parameters"]["header_Idempotency-Key"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["GrantQuota"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Balance"];
        };
      };
    };
  };
  releaseAnyHold: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        holdId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["HoldSettlement"];
        };
      };
    };
  };
  listReconciliations: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ReconciliationList"];
        };
      };
    };
  };
  reconcileDay: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CreateReconciliation"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ReconciliationReport"];
        };
      };
    };
  };
  getReconciliation: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ReconciliationReport"];
        };
      };
    };
  };
  listDifferences: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["DifferenceList"];
        };
      };
    };
  };
  listServiceKeys: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of keys. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ServiceKeyPage"];
        };
      };
    };
  };
  createServiceKey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CreateServiceKey"];
      };
    };
    responses: {
      /** @description The key, in full. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CreatedServiceKey"];
        };
      };
    };
  };
  revokeServiceKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Deleted. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  rotateServiceKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["RotateApiKey"];
      };
    };
    responses: {
      /** @description The new key, in full. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CreatedServiceKey"];
        };
      };
    };
  };
  listAllTopUpPacks: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AdminTopupPackList"];
        };
      };
    };
  };
  createTopUpPack: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CreateTopupPack"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AdminTopupPack"];
        };
      };
    };
  };
  updateTopUpPack: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        code: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ChangeTopupPack"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AdminTopupPack"];
        };
      };
    };
  };
  listAllUsage: {
    parameters: {
      query?: {
        /** @description Only this account's. Without it and without `userId`: everybody's. @format uuid */
        accountId?: string;
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description From this moment on. @format date-time */
        from?: string;
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
        resourceId?: string;
        resourceType?: string;
        status?: "consumed" | "held" | "released";
        /** @description Before this moment. @format date-time */
        to?: string;
        /** @description What this user used: of `accountId`, or where that is left out, of their personal account. @format uuid */
        userId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AdminUsageList"];
        };
      };
    };
  };
  summarizeAllUsage: {
    parameters: {
      query: {
        /** @description Only this account's. Without it and without `userId`: everybody's. @format uuid */
        accountId?: string;
        /** @description From this moment on. Left out: from the beginning. @format date-time */
        from?: string;
        /** @description What to sum by; a day is a calendar day in Asia/Shanghai. */
        groupBy: "day" | "resourceType" | "status";
        resourceType?: string;
        status?: "consumed" | "held" | "released";
        /** @description Before this moment. Left out: until now. @format date-time */
        to?: string;
        /** @description What this user used: of `accountId`, or where that is left out, of their personal account. @format uuid */
        userId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["UsageSummary"];
        };
      };
    };
  };
  listUsers: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
        role?: "admin" | "user";
        /** @description A part of the e-mail address or of the name, in any case. */
        search?: string;
        status?: "active" | "deactivated";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of users. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ManagedUserPage"];
        };
      };
    };
  };
  getUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The user. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ManagedUser"];
        };
      };
    };
  };
  deactivateUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["Deactivation"];
      };
    };
    responses: {
      /** @description The user, deactivated. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ManagedUser"];
        };
      };
    };
  };
  exportUserData: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All that is kept about the user: the profile, and a list for each kind of thing. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** Format: date-time */
            exportedAt: string;
            profile: {
              [key: string]: unknown;
            };
          } & {
            [key: string]: {
              [key: string]: unknown;
            }[];
          };
        };
      };
    };
  };
  reactivateUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The user, active. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ManagedUser"];
        };
      };
    };
  };
  changeUserRole: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["RoleChange"];
      };
    };
    responses: {
      /** @description The user, in the role. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ManagedUser"];
        };
      };
    };
  };
  endUserSessions: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Ended. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  exportUsers: {
    parameters: {
      query?: {
        role?: "admin" | "user";
        /** @description A part of the e-mail address or of the name, in any case. */
        search?: string;
        status?: "active" | "deactivated";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description CSV in UTF-8 with a byte order mark and a line of headings; no cell is a formula. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/csv": string;
        };
      };
    };
  };
  listWebhookEndpoints: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["WebhookEndpointList"];
        };
      };
    };
  };
  createWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CreateWebhookEndpoint"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["WebhookEndpointSecret"];
        };
      };
    };
  };
  getWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["WebhookEndpoint"];
        };
      };
    };
  };
  deleteWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  updateWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["UpdateWebhookEndpoint"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["WebhookEndpoint"];
        };
      };
    };
  };
  listEndpointDeliveries: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
        /** @description Only those in this state; `dead` are the dead letters. */
        status?: "dead" | "delivered" | "pending" | "skipped";
      };
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["DeliveryList"];
        };
      };
    };
  };
  replayEndpointDelivery: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        deliveryId: string;
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Delivery"];
        };
      };
    };
  };
  rotateWebhookSecret: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["RotateSecret"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["WebhookEndpointSecret"];
        };
      };
    };
  };
  testWebhookEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Delivery"];
        };
      };
    };
  };
  listApiKeys: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of keys. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiKeyPage"];
        };
      };
    };
  };
  createApiKey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CreateApiKey"];
      };
    };
    responses: {
      /** @description The key, in full. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CreatedApiKey"];
        };
      };
    };
  };
  revokeApiKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Deleted. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  rotateApiKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["RotateApiKey"];
      };
    };
    responses: {
      /** @description The new key, in full. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CreatedApiKey"];
        };
      };
    };
  };
  requestEmailVerification: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["PasswordResetRequest"];
      };
    };
    responses: {
      /** @description If the address waits for it, a mail is on its way. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  confirmEmailVerification: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["EmailVerification"];
      };
    };
    responses: {
      /** @description Verified. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  login: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["Login"];
      };
    };
    responses: {
      /** @description Signed in. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SignedIn"];
        };
      };
    };
  };
  logout: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["RefreshToken"];
      };
    };
    responses: {
      /** @description Ended, or there was no such session. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  requestPasswordReset: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["PasswordResetRequest"];
      };
    };
    responses: {
      /** @description If the address is a user’s, a mail is on its way. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  confirmPasswordReset: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["PasswordReset"];
      };
    };
    responses: {
      /** @description Set. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  refreshTokens: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["RefreshToken"];
      };
    };
    responses: {
      /** @description The next pair. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["TokenPair"];
        };
      };
    };
  };
  register: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["Register"];
      };
    };
    responses: {
      /** @description Registered and signed in. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SignedIn"];
        };
      };
    };
  };
  listCustomers: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description Only those with this address. */
        email?: string;
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of customers. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CustomerPage"];
        };
      };
    };
  };
  getCustomer: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The application's own id of its customer. */
        externalId: components["parameters"]["path_externalId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CustomerOverview"];
        };
      };
    };
  };
  putCustomer: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The application's own id of its customer. */
        externalId: components["parameters"]["path_externalId"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["PutCustomer"];
      };
    };
    responses: {
      /** @description The customer was there. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Customer"];
        };
      };
      /** @description The customer is new. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Customer"];
        };
      };
    };
  };
  deleteCustomer: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The application's own id of its customer. */
        externalId: components["parameters"]["path_externalId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Deleted. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  inviteCustomer: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The application's own id of its customer. */
        externalId: components["parameters"]["path_externalId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The link is in the mail only. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CustomerLink"];
        };
      };
    };
  };
  unlinkCustomer: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The application's own id of its customer. */
        externalId: components["parameters"]["path_externalId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Removed. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  showDocuments: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description This document as Swagger UI */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/html": string;
        };
      };
    };
  };
  getOpenApiDocument: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description This document */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": Record<string, never>;
        };
      };
    };
  };
  listEntitlements: {
    parameters: {
      query?: never;
      header?: {
        /** @description With a service key (scope `quota`): the customer that it acts for. */
        "X-Customer-Id"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["EntitlementList"];
        };
      };
    };
  };
  getEntitlement: {
    parameters: {
      query?: never;
      header?: {
        /** @description With a service key (scope `quota`): the customer that it acts for. */
        "X-Customer-Id"?: string;
      };
      path: {
        feature: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Entitlement"];
        };
      };
    };
  };
  getLiveness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Health"];
        };
      };
    };
  };
  getReadiness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Readiness"];
        };
      };
    };
  };
  acceptInvitation: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["AcceptInvitation"];
      };
    };
    responses: {
      /** @description The organization. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Organization"];
        };
      };
    };
  };
  getMetrics: {
    parameters: {
      query?: never;
      header: {
        authorization: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": string;
        };
      };
    };
  };
  listOrganizations: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The organizations. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["OrganizationList"];
        };
      };
    };
  };
  createOrganization: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CreateOrganization"];
      };
    };
    responses: {
      /** @description The organization. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Organization"];
        };
      };
    };
  };
  listInvitations: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
      };
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of invitations. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["InvitationPage"];
        };
      };
    };
  };
  inviteMember: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["Invite"];
      };
    };
    responses: {
      /** @description The invitation; its link is in the mail only. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Invitation"];
        };
      };
    };
  };
  withdrawInvitation: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
        invitationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Withdrawn. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  listMembers: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
      };
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The members. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MemberList"];
        };
      };
    };
  };
  changeMemberRole: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
        userId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["MemberRole"];
      };
    };
    responses: {
      /** @description The member. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Member"];
        };
      };
    };
  };
  removeMember: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
        userId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No longer a member. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  listPayments: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
      };
      header?: {
        /** @description With a service key (scope `billing`): the customer that it acts for. */
        "X-Customer-Id"?: components["parameters"]["header_X-Customer-Id"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PaymentList"];
        };
      };
    };
  };
  getPayment: {
    parameters: {
      query?: never;
      header?: {
        /** @description With a service key (scope `billing`): the customer that it acts for. */
        "X-Customer-Id"?: components["parameters"]["header_X-Customer-Id"];
      };
      path: {
        orderId: components["parameters"]["path_orderId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Payment"];
        };
      };
    };
  };
  closePayment: {
    parameters: {
      query?: never;
      header?: {
        /** @description With a service key (scope `billing`): the customer that it acts for. */
        "X-Customer-Id"?: components["parameters"]["header_X-Customer-Id"];
      };
      path: {
        orderId: components["parameters"]["path_orderId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Payment"];
        };
      };
    };
  };
  getFapiao: {
    parameters: {
      query?: never;
      header?: {
        /** @description With a service key (scope `billing`): the customer that it acts for. */
        "X-Customer-Id"?: components["parameters"]["header_X-Customer-Id"];
      };
      path: {
        orderId: components["parameters"]["path_orderId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Fapiao"];
        };
      };
    };
  };
  requestFapiao: {
    parameters: {
      query?: never;
      header?: {
        /** @description With a service key (scope `billing`): the customer that it acts for. */
        "X-Customer-Id"?: components["parameters"]["header_X-Customer-Id"];
      };
      path: {
        orderId: components["parameters"]["path_orderId"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["RequestFapiao"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Fapiao"];
        };
      };
    };
  };
  withdrawFapiao: {
    parameters: {
      query?: never;
      header?: {
        /** @description With a service key (scope `billing`): the customer that it acts for. */
        "X-Customer-Id"?: components["parameters"]["header_X-Customer-Id"];
      };
      path: {
        orderId: components["parameters"]["path_orderId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Fapiao"];
        };
      };
    };
  };
  listPaymentEvents: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        orderId: components["parameters"]["path_orderId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PaymentHistory"];
        };
      };
    };
  };
  getReceiptPage: {
    parameters: {
      query?: never;
      header?: {
        /** @description With a service key (scope `billing`): the customer that it acts for. */
        "X-Customer-Id"?: components["parameters"]["header_X-Customer-Id"];
      };
      path: {
        orderId: components["parameters"]["path_orderId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The page. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/html": string;
        };
      };
    };
  };
  getReceiptPdf: {
    parameters: {
      query?: never;
      header?: {
        /** @description With a service key (scope `billing`): the customer that it acts for. */
        "X-Customer-Id"?: components["parameters"]["header_X-Customer-Id"];
      };
      path: {
        orderId: components["parameters"]["path_orderId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The document. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/pdf": string;
        };
      };
    };
  };
  listRefunds: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
      };
      header?: never;
      path: {
        orderId: components["parameters"]["path_orderId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["RefundList"];
        };
      };
    };
  };
  refundPayment: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again, unless that was a 402, a 429 or above 499. Kept for 24 hours. */
        "Idempotency-Key"?: components["parameters"]["header_Idempotency-Key"];
      };
      path: {
        orderId: components["parameters"]["path_orderId"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CreateRefund"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Refund"];
        };
      };
    };
  };
  retryRefund: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again, unless that was a 402, a 429 or above 499. Kept for 24 hours. */
        "Idempotency-Key"?: components["parameters"]["header_Idempotency-Key"];
      };
      path: {
        orderId: components["parameters"]["path_orderId"];
        /** @description @format uuid */
        refundId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Refund"];
        };
      };
    };
  };
  previewRefund: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        orderId: components["parameters"]["path_orderId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["RefundPreview"];
        };
      };
    };
  };
  listPlans: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PlanList"];
        };
      };
    };
  };
  createPortalSession: {
    parameters: {
      query?: never;
      header?: {
        /** @description With a service key (scope `portal`): the customer that it acts for. */
        "X-Customer-Id"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CreatePortalSession"];
      };
    };
    responses: {
      /** @description The link. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PortalLink"];
        };
      };
    };
  };
  startPageSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["Login"];
      };
    };
    responses: {
      /** @description Signed in. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PageSession"];
        };
      };
    };
  };
  endPageSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Ended, or there was no such session. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  openPortalLink: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["OpenPortalLink"];
      };
    };
    responses: {
      /** @description An access token of the portal’s session. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PageTokenOfAny"];
        };
      };
    };
  };
  refreshPageSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description An access token. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PageTokenOfAny"];
        };
      };
      /** @description Nobody is signed in. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  registerFromPage: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["Register"];
      };
    };
    responses: {
      /** @description Registered and signed in. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PageSession"];
        };
      };
    };
  };
  getQuota: {
    parameters: {
      query?: never;
      header?: {
        /** @description With a service key (scope `quota`): the customer that it acts for. */
        "X-Customer-Id"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["QuotaList"];
        };
      };
    };
  };
  checkQuota: {
    parameters: {
      query?: never;
      header?: {
        /** @description With a service key (scope `quota`): the customer that it acts for. */
        "X-Customer-Id"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CheckQuota"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["QuotaCheck"];
        };
      };
    };
  };
  consumeQuota: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again, unless that was a 402, a 429 or above 499. Kept for 24 hours. */
        "Idempotency-Key"?: components["parameters"]["header_Idempotency-Key"];
        /** @description With a service key (scope `quota`): the customer that it acts for. */
        "X-Customer-Id"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ConsumeQuota"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Consumption"];
        };
      };
    };
  };
  holdQuota: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again, unless that was a 402, a 429 or above 499. Kept for 24 hours. */
        "Idempotency-Key"?: components["parameters"]["header_Idempotency-Key"];
        /** @description With a service key (scope `quota`): the customer that it acts for. */
        "X-Customer-Id"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["HoldQuota"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Hold"];
        };
      };
    };
  };
  commitHold: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again, unless that was a 402, a 429 or above 499. Kept for 24 hours. */
        "Idempotency-Key"?: components["parameters"]["header_Idempotency-Key"];
        /** @description With a service key (scope `quota`): the customer that it acts for. */
        "X-Customer-Id"?: string;
      };
      path: {
        holdId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CommitHold"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["HoldSettlement"];
        };
      };
    };
  };
  releaseHold: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again, unless that was a 402, a 429 or above 499. Kept for 24 hours. */
        "Idempotency-Key"?: components["parameters"]["header_Idempotency-Key"];
        /** @description With a service key (scope `quota`): the customer that it acts for. */
        "X-Customer-Id"?: string;
      };
      path: {
        holdId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["HoldSettlement"];
        };
      };
    };
  };
  showSandboxCashier: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The payment’s orderId. */
        orderId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The page. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/html": string;
        };
      };
    };
  };
  getSandboxClock: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The time. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Clock"];
        };
      };
    };
  };
  moveSandboxClock: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ClockMove"];
      };
    };
    responses: {
      /** @description The time, and what happened. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MovedClock"];
        };
      };
    };
  };
  paySandboxPayment: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The payment’s orderId. */
        orderId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Paid. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  listSessions: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of sessions. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SessionPage"];
        };
      };
    };
  };
  endOtherSessions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Ended. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  endSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: components["parameters"]["path_id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Ended. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  subscribe: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again, unless that was a 402, a 429 or above 499. Kept for 24 hours. */
        "Idempotency-Key"?: components["parameters"]["header_Idempotency-Key"];
        /** @description With a service key (scope `billing`): the customer that it acts for. */
        "X-Customer-Id"?: components["parameters"]["header_X-Customer-Id"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["Subscribe"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Checkout"];
        };
      };
    };
  };
  getCurrentSubscription: {
    parameters: {
      query?: never;
      header?: {
        /** @description With a service key (scope `billing`): the customer that it acts for. */
        "X-Customer-Id"?: components["parameters"]["header_X-Customer-Id"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CurrentSubscription"];
        };
      };
    };
  };
  getAgreement: {
    parameters: {
      query?: never;
      header?: {
        /** @description With a service key (scope `billing`): the customer that it acts for. */
        "X-Customer-Id"?: components["parameters"]["header_X-Customer-Id"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["StartedAgreement"];
        };
      };
    };
  };
  createAgreement: {
    parameters: {
      query?: never;
      header?: {
        /** @description With a service key (scope `billing`): the customer that it acts for. */
        "X-Customer-Id"?: components["parameters"]["header_X-Customer-Id"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["OpenAgreement"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["StartedAgreement"];
        };
      };
    };
  };
  endAgreement: {
    parameters: {
      query?: never;
      header?: {
        /** @description With a service key (scope `billing`): the customer that it acts for. */
        "X-Customer-Id"?: components["parameters"]["header_X-Customer-Id"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["StartedAgreement"];
        };
      };
    };
  };
  cancelSubscription: {
    parameters: {
      query?: never;
      header?: {
        /** @description With a service key (scope `billing`): the customer that it acts for. */
        "X-Customer-Id"?: components["parameters"]["header_X-Customer-Id"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["Cancel"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Subscription"];
        };
      };
    };
  };
  changePlan: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again, unless that was a 402, a 429 or above 499. Kept for 24 hours. */
        "Idempotency-Key"?: components["parameters"]["header_Idempotency-Key"];
        /** @description With a service key (scope `billing`): the customer that it acts for. */
        "X-Customer-Id"?: components["parameters"]["header_X-Customer-Id"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ChangePlan"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Change"];
        };
      };
    };
  };
  previewPlanChange: {
    parameters: {
      query?: never;
      header?: {
        /** @description With a service key (scope `billing`): the customer that it acts for. */
        "X-Customer-Id"?: components["parameters"]["header_X-Customer-Id"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ChangePlan"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ChangeOffer"];
        };
      };
    };
  };
  renewSubscription: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again, unless that was a 402, a 429 or above 499. Kept for 24 hours. */
        "Idempotency-Key"?: components["parameters"]["header_Idempotency-Key"];
        /** @description With a service key (scope `billing`): the customer that it acts for. */
        "X-Customer-Id"?: components["parameters"]["header_X-Customer-Id"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["Renew"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Change"];
        };
      };
    };
  };
  resumeSubscription: {
    parameters: {
      query?: never;
      header?: {
        /** @description With a service key (scope `billing`): the customer that it acts for. */
        "X-Customer-Id"?: components["parameters"]["header_X-Customer-Id"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Subscription"];
        };
      };
    };
  };
  listTopUpPacks: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["TopupPackList"];
        };
      };
    };
  };
  buyTopUp: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again, unless that was a 402, a 429 or above 499. Kept for 24 hours. */
        "Idempotency-Key"?: components["parameters"]["header_Idempotency-Key"];
        /** @description With a service key (scope `billing`): the customer that it acts for. */
        "X-Customer-Id"?: components["parameters"]["header_X-Customer-Id"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["BuyTopup"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["TopupPurchase"];
        };
      };
    };
  };
  listUsage: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description From this moment on. @format date-time */
        from?: string;
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
        resourceId?: string;
        resourceType?: string;
        status?: "consumed" | "held" | "released";
        /** @description Before this moment. @format date-time */
        to?: string;
      };
      header?: {
        /** @description With a service key (scope `quota`): the customer that it acts for. */
        "X-Customer-Id"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["UsageList"];
        };
      };
    };
  };
  releaseUsage: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again, unless that was a 402, a 429 or above 499. Kept for 24 hours. */
        "Idempotency-Key"?: components["parameters"]["header_Idempotency-Key"];
        /** @description With a service key (scope `quota`): the customer that it acts for. */
        "X-Customer-Id"?: string;
      };
      path: {
        usageId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["UsageRelease"];
        };
      };
    };
  };
  summarizeUsage: {
    parameters: {
      query: {
        /** @description From this moment on. Left out: from the beginning. @format date-time */
        from?: string;
        /** @description What to sum by; a day is a calendar day in Asia/Shanghai. */
        groupBy: "day" | "resourceType" | "status";
        resourceType?: string;
        status?: "consumed" | "held" | "released";
        /** @description Before this moment. Left out: until now. @format date-time */
        to?: string;
      };
      header?: {
        /** @description With a service key (scope `quota`): the customer that it acts for. */
        "X-Customer-Id"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["UsageSummary"];
        };
      };
    };
  };
  getCurrentUser: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The user. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Profile"];
        };
      };
    };
  };
  updateCurrentUser: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["UpdateProfile"];
      };
    };
    responses: {
      /** @description The user. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Profile"];
        };
      };
    };
  };
  deleteCurrentUser: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["DeleteAccount"];
      };
    };
    responses: {
      /** @description Deleted. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  exportOwnData: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All that is kept about the user: the profile, and a list for each kind of thing. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** Format: date-time */
            exportedAt: string;
            profile: {
              [key: string]: unknown;
            };
          } & {
            [key: string]: {
              [key: string]: unknown;
            }[];
          };
        };
      };
    };
  };
  changePassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ChangePassword"];
      };
    };
    responses: {
      /** @description Changed. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  listSecurityEvents: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: components["parameters"]["query_cursor"];
        /** @description How many items to answer with. */
        limit?: components["parameters"]["query_limit"];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of entries. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AuditPage"];
        };
      };
    };
  };
  receiveAlipayNotification: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/x-www-form-urlencoded": {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description Settled, or nothing left to do. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/plain": string;
        };
      };
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  receiveWechatPayNotification: {
    parameters: {
      query?: never;
      header: {
        "Wechatpay-Nonce": string;
        "Wechatpay-Serial": string;
        "Wechatpay-Signature": string;
        "Wechatpay-Timestamp": string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Settled, or nothing left to do. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
}
