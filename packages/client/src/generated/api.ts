// Made from openapi.json by `npm run client:types`: change it there, not here.

export interface paths {
  "/.well-known/jwks.json": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The public keys of access tokens
     * @description RFC 7517. Empty while tokens are signed with a shared secret.
     */
    get: operations["Jwks_list"];
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
    /** Read the audit log, newest first */
    get: operations["Audit_list"];
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
    /** Every coupon, newest first */
    get: operations["AdminCoupons_list"];
    put?: never;
    /**
     * Make a coupon
     * @description Each user can use it once. What a percentage takes off is rounded down to the fen.
     */
    post: operations["AdminCoupons_create"];
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
     * End a coupon, or change how long or how often it is good
     * @description Orders that have it keep it.
     */
    patch: operations["AdminCoupons_change"];
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
     * Deliveries to every destination, newest first
     * @description `?status=dead` shows the dead letters: mails and handlers among them.
     */
    get: operations["EventDeliveries_list"];
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
    /** Deliver it again, under the same event id */
    post: operations["EventDeliveries_replay"];
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
    /** Requests for a fapiao, newest first */
    get: operations["AdminFapiao_list"];
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
    /** Record the number under which it was issued */
    post: operations["AdminFapiao_issue"];
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
     * Record the number of the red-letter fapiao
     * @description Due since money went back. The customer may then ask for a fapiao over what is left.
     */
    post: operations["AdminFapiao_redLetter"];
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
    /** Turn a request down */
    post: operations["AdminFapiao_reject"];
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
     * The same for a spreadsheet, oldest first
     * @description UTF-8 with a byte order mark. At most 10,000 rows; what begins like a formula gets an apostrophe.
     */
    get: operations["AdminFapiao_export"];
    put?: never;
    post?: never;
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
     * What a person should look at, newest first
     * @description Money that came late or twice, refunds that failed, words of a channel that fit no order.
     */
    get: operations["PaymentHistory_incidents"];
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
    /** List and search everybody’s payments, newest first */
    get: operations["AdminPayments_list"];
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
    get: operations["AdminPayments_export"];
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
    /** Every version of every plan, newest first */
    get: operations["AdminPlans_list"];
    put?: never;
    /**
     * Make a plan
     * @description It is on sale at once, as its version 1.
     */
    post: operations["AdminPlans_create"];
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
    post: operations["AdminPlans_archive"];
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
    post: operations["AdminPlans_restore"];
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
     * Change a plan: make its next version
     * @description What the body leaves out stays. The version is sold from now on; who holds an older one keeps it until they change, or until `migrateAt`. A free plan stays free, and a plan keeps its billing cycle.
     */
    post: operations["AdminPlans_createVersion"];
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
    /** What was granted to whom, newest first: by plans, top-ups and promotions */
    get: operations["AdminGrants_balances"];
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
     * Give an account quota
     * @description Used like any other: what expires first, first.
     */
    post: operations["AdminGrants_grant"];
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
     * @description Whoever made it. Releasing it again changes nothing.
     */
    post: operations["AdminHolds_release"];
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
    /** Reconciliations, newest first */
    get: operations["Reconciliations_list"];
    put?: never;
    /**
     * Compare a channel’s bill of a day with what is recorded here
     * @description In both directions. What is missing here and proven by asking the channel is settled; the rest is for a person.
     */
    post: operations["Reconciliations_create"];
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
    /** One reconciliation, with its differences counted */
    get: operations["Reconciliations_get"];
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
    /** What the bill and the records here don’t agree about */
    get: operations["Reconciliations_differences"];
    put?: never;
    post?: never;
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
    /** Every top-up pack, newest first */
    get: operations["AdminTopups_list"];
    put?: never;
    /**
     * Make a top-up pack
     * @description It is on sale at once.
     */
    post: operations["AdminTopups_create"];
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
     * Change a top-up pack, take it off sale or put it on again
     * @description What the body leaves out stays. Orders that were made keep their terms.
     */
    patch: operations["AdminTopups_change"];
    trace?: never;
  };
  "/admin/usage": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What an account, a user or everybody used, newest first */
    get: operations["AdminUsage_list"];
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
    /** The same, summed by day, resource type or status */
    get: operations["AdminUsage_summary"];
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
    get: operations["AdminUsers_list"];
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
    /** Show a user */
    get: operations["AdminUsers_show"];
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
     * Shut a user out
     * @description Sessions end, and access tokens and API keys are refused within a second.
     */
    post: operations["AdminUsers_deactivate"];
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
     * Export all of a user’s data
     * @description The audit log says who asked.
     */
    get: operations["Privacy_exportOf"];
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
     * Let a user in again
     * @description The user signs in anew.
     */
    post: operations["AdminUsers_reactivate"];
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
     * Change the role
     * @description Every session of the user ends.
     */
    put: operations["AdminUsers_changeRole"];
    post?: never;
    delete?: never;
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
    get: operations["AdminUsers_export"];
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
    /** Who outside is told of events, newest first */
    get: operations["WebhookEndpoints_list"];
    put?: never;
    /**
     * Have events sent to an address
     * @description Signed after Standard Webhooks. The secret is in this answer and in no other.
     */
    post: operations["WebhookEndpoints_create"];
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
    /** Show an endpoint */
    get: operations["WebhookEndpoints_show"];
    put?: never;
    post?: never;
    /** Remove an endpoint, and what it is still owed */
    delete: operations["WebhookEndpoints_remove"];
    options?: never;
    head?: never;
    /** Change an endpoint, or switch it off or on */
    patch: operations["WebhookEndpoints_update"];
    trace?: never;
  };
  "/admin/webhook-endpoints/{id}/deliveries": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was sent to an endpoint, and what came of it; newest first */
    get: operations["WebhookEndpoints_sent"];
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
    /** Send it again, under the same event id */
    post: operations["WebhookEndpoints_replay"];
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
     * Make a new secret
     * @description For the hours of the overlap each message carries the signatures of both secrets.
     */
    post: operations["WebhookEndpoints_rotate"];
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
    /** Send an event `endpoint.test`, once, and see what comes of it */
    post: operations["WebhookEndpoints_test"];
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
    get: operations["ApiKeys_list"];
    put?: never;
    /**
     * Make an API key
     * @description The key is shown this once. It acts for the account that X-Account-Id names.
     */
    post: operations["ApiKeys_create"];
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
     * Delete an API key
     * @description From now on it is refused.
     */
    delete: operations["ApiKeys_revoke"];
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
     * Put a new key in the place of an API key
     * @description With the same name, account, scopes and cap, and for as long a life. The old one works until the overlap ends.
     */
    post: operations["ApiKeys_rotate"];
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
     * Ask for a link that verifies the e-mail address
     * @description The answer is the same whether or not anybody has that address.
     */
    post: operations["EmailVerification_request"];
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
    /** Verify the e-mail address by a link */
    post: operations["EmailVerification_confirm"];
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
    post: operations["SignIn_login"];
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
     * End a session
     * @description The refresh token serves no more; access tokens live out their time.
     */
    post: operations["SignIn_logout"];
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
     * Ask for a link to a new password
     * @description The answer is the same whether or not anybody has that address.
     */
    post: operations["PasswordReset_request"];
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
     * @description Every session of the user ends. The link serves once.
     */
    post: operations["PasswordReset_confirm"];
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
    post: operations["SignIn_refresh"];
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
    /** Make a user, and sign in */
    post: operations["SignIn_register"];
    delete?: never;
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
    get: operations["Documents_ui"];
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
    get: operations["Documents_json"];
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
     * Whether the process runs
     * @description Restart it where this fails.
     */
    get: operations["Health_live"];
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
     * Whether it can serve
     * @description Send it no requests while this fails.
     */
    get: operations["Health_ready"];
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
     * Join by a link
     * @description Signed in with the address that it was sent to.
     */
    post: operations["Organizations_accept"];
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
    /** Metrics in Prometheus’ text format */
    get: operations["Metrics_metrics"];
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
    get: operations["Organizations_list"];
    put?: never;
    /** Make an organization, whose owner you are */
    post: operations["Organizations_create"];
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
    /** List the invitations that can still be accepted */
    get: operations["Organizations_listInvitations"];
    put?: never;
    /**
     * Invite somebody by e-mail
     * @description The link is good for seven days.
     */
    post: operations["Organizations_invite"];
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
    delete: operations["Organizations_withdraw"];
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
    /** List the members of an organization that you belong to */
    get: operations["Organizations_members"];
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
     * Change what a member is
     * @description Owners are made and unmade by owners.
     */
    put: operations["Organizations_changeRole"];
    post?: never;
    /** Remove a member, or leave */
    delete: operations["Organizations_remove"];
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
     * Payments, newest first
     * @description The account’s. An administrator sees everybody’s, a plain member of an organization those that they ordered.
     */
    get: operations["Payments_list"];
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
     * One payment
     * @description While it is pending, the channel is asked.
     */
    get: operations["Payments_get"];
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
    post: operations["Payments_close"];
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
    /** What became of the newest request */
    get: operations["Fapiao_show"];
    put?: never;
    /**
     * Ask for a fapiao (发票)
     * @description For what was paid less what went back. One at a time for each payment.
     */
    post: operations["Fapiao_create"];
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
    /** Withdraw a request that nobody has dealt with yet */
    post: operations["Fapiao_withdraw"];
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
     * What happened to a payment, oldest first
     * @description Notifications as they came, what was done about them, and what a person should look at.
     */
    get: operations["PaymentHistory_of"];
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
     * The receipt of a payment, as a page
     * @description In Chinese or English, by Accept-Language. It tells of the refunds so far.
     */
    get: operations["Receipts_page"];
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
    /** The receipt of a payment, as a PDF */
    get: operations["Receipts_pdf"];
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
    /** The refunds of a payment, newest first */
    get: operations["Refunds_list"];
    put?: never;
    /**
     * Refund a payment
     * @description In part or, without an amount, all that is left. A full refund ends the subscription, a partial one by choice.
     */
    post: operations["Refunds_create"];
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
     * What a refund now would be fair for
     * @description What the unused time and the unused quota are worth, each rounded down to the fen.
     */
    post: operations["Refunds_preview"];
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
    /** What can be bought */
    get: operations["Plans_list"];
    put?: never;
    post?: never;
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
    /** What you have used and may still use */
    get: operations["Quota_list"];
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
     * Whether a cost would fit now
     * @description Takes nothing and promises nothing.
     */
    post: operations["Quota_check"];
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
     * Use quota
     * @description Debit and record together, or neither.
     */
    post: operations["Quota_consume"];
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
     * Set quota aside
     * @description For work that may fail or whose true cost shows in the end: commit it then, or release it. As many may be open at once as the plan’s feature `max_concurrent` says.
     */
    post: operations["Holds_hold"];
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
     * The work is done
     * @description Committing it again changes nothing.
     */
    post: operations["Holds_commit"];
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
     * The work won’t be done
     * @description Releasing it again changes nothing.
     */
    post: operations["Holds_release"];
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
     * Show the business time
     * @description Only while the sandbox serves.
     */
    get: operations["Clock_show"];
    put?: never;
    /**
     * Move the business time ahead
     * @description Only while the sandbox serves. Everything that falls due on the way happens before the answer. Time never goes back. Other processes on the same database follow within half a second.
     */
    post: operations["Clock_move"];
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
    /** List where you are signed in, newest first */
    get: operations["Sessions_list"];
    put?: never;
    post?: never;
    /**
     * End every other session
     * @description Within a second their access tokens are refused too.
     */
    delete: operations["Sessions_endOthers"];
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
    delete: operations["Sessions_end"];
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
     * @description A free plan is active at once, and so is a trial, and one for which a coupon leaves nothing to pay. A paid one is pending until its payment has come.
     */
    post: operations["Subscriptions_subscribe"];
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
    /** The subscription in force, with its quotas */
    get: operations["CurrentSubscription_current"];
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
     * The newest agreement
     * @description Until it has ended, the channel is asked: its buyer signs and ends it there.
     */
    get: operations["Agreements_show"];
    put?: never;
    /**
     * Let renewals be charged by agreement
     * @description The buyer signs at `signUrl`; from then on each renewal is charged a day before the paid time ends. Asked again while it is pending, it answers with the same agreement.
     */
    post: operations["Agreements_open"];
    /**
     * End the agreement
     * @description At the channel first, then here. Where the channel doesn’t answer it is asked again until it does; nothing is charged meanwhile. The subscription goes on to the end of its paid time.
     */
    delete: operations["Agreements_end"];
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
     * Cancel, at the end of the paid time or at once
     * @description No money goes back by itself. Until the end, `resume` takes it back.
     */
    post: operations["Changes_cancel"];
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
     * @description A larger plan comes into force when the difference is paid, a smaller one when the paid time ends; the same plan again is a renewal. See docs/subscriptions.md.
     */
    post: operations["Changes_change"];
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
     * What a change of plan would cost and do now
     * @description Changes nothing.
     */
    post: operations["Changes_preview"];
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
    post: operations["Changes_renew"];
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
    /** Take back a cancellation at the period’s end, or a scheduled plan */
    post: operations["Changes_resume"];
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
    /** Which quota can be bought beside a plan */
    get: operations["Topups_list"];
    put?: never;
    /**
     * Buy quota beside a plan
     * @description It can be used from the moment it is paid. Of all that somebody has, what expires first is used first.
     */
    post: operations["Topups_buy"];
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
    get: operations["Usage_list"];
    put?: never;
    post?: never;
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
    get: operations["Usage_summary"];
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
    /** Show who is signed in */
    get: operations["Users_show"];
    /** Change the name or the language */
    put: operations["Users_update"];
    post?: never;
    /**
     * Delete yourself
     * @description Sessions, keys and links end at once, and a running subscription too, without a refund. Payments stay for accounting, without your name and address.
     */
    delete: operations["Privacy_erase"];
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
    /** Take all of your data with you */
    get: operations["Privacy_exportOwn"];
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
     * Change the password
     * @description Every other session of the user ends.
     */
    post: operations["Users_changePassword"];
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
     * Alipay’s notifications
     * @description Form POST, signed with RSA2.
     */
    post: operations["Webhooks_alipay"];
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
     * WeChat Pay’s notifications
     * @description APIv3 JSON, signed and encrypted.
     */
    post: operations["Webhooks_wechat"];
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
    AdminPaymentDto: {
      /**
       * Format: uuid
       * @description Whose it is. @format uuid
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
      /** @description In yuan: the refunds that succeeded. */
      refundedAmount: string;
      /** @enum {string} */
      status: "closed" | "failed" | "paid" | "partially_refunded" | "pending" | "refunded";
      /**
       * Format: uuid
       * @description Who ordered. @format uuid
       */
      userId: string;
    };
    AdminPaymentListDto: {
      items: components["schemas"]["AdminPaymentDto"][];
      nextCursor: string | null;
    };
    AdminPlanDto: {
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
      quotas: components["schemas"]["AdminPlanQuotaDto"][];
      /**
       * @description Whether the plan, with all its versions, is on sale.
       * @enum {string}
       */
      status: "active" | "archived";
      /** @description How long it can be tried without paying, once by each user; 0 for not at all. */
      trialDays: number;
      version: number;
    };
    AdminPlanListDto: {
      items: components["schemas"]["AdminPlanDto"][];
      nextCursor: string | null;
    };
    AdminPlanQuotaDto: {
      overageCap: number;
      quotaLimit: number;
      /** @enum {string} */
      quotaPeriod: "month";
      quotaType: string;
    };
    AdminTopupPackDto: {
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
    AdminTopupPackListDto: {
      items: components["schemas"]["AdminTopupPackDto"][];
      nextCursor: string | null;
    };
    AdminUsageDto: {
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
    AdminUsageListDto: {
      items: components["schemas"]["AdminUsageDto"][];
      nextCursor: string | null;
    };
    AgreementAnswerDto: {
      agreement: components["schemas"]["AgreementDto"];
    };
    AgreementDto: {
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
    ApiKeyPage: {
      items: components["schemas"]["ApiKeyView"][];
      /** @description Asks for what follows; null on the last page. */
      nextCursor: string | null;
    };
    ApiKeyView: {
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
    AuditEntryView: {
      action: string;
      /**
       * Format: uuid
       * @description Null where a rule acted by itself.
       */
      actorUserId: string | null;
      /** Format: date-time */
      createdAt: string;
      detail: {
        [key: string]: unknown;
      };
      /** Format: uuid */
      id: string;
      subjectId: string;
      subjectType: string;
    };
    AuditPage: {
      items: components["schemas"]["AuditEntryView"][];
      /** @description Asks for what follows; null on the last page. */
      nextCursor: string | null;
    };
    BalanceDto: {
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
    BalanceListDto: {
      items: components["schemas"]["BalanceDto"][];
      nextCursor: string | null;
    };
    BuyTopupDto: {
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
    CancelDto: {
      /** @description False ends it at once. Default true. */
      atPeriodEnd?: boolean;
    };
    ChangeCouponDto: {
      /**
       * Format: date-time
       * @description When it ends, exclusive; a time that is over ends it at once, null never. @format date-time
       */
      endsAt?: string | null;
      /** @description How many orders it is good for; null for any number. Not fewer than those that have it. */
      maxRedemptions?: number | null;
    };
    ChangeDto: {
      change: components["schemas"]["ChangeOfferDto"];
      /** @description Null where nothing is to be paid now. */
      payment: components["schemas"]["PaymentInstructionDto"] | null;
      /** @description What is in force now: an upgrade that has to be paid isn't yet. */
      subscription: components["schemas"]["SubscriptionDto"];
    };
    ChangeOfferDto: {
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
       * @description One more period; the other plan at once; or the other plan when the present one's paid time ends.
       * @enum {string}
       */
      kind: "downgrade" | "renewal" | "upgrade";
      /** @description @format date-time */
      periodEnd: string | null;
      /** @description The period that follows; null for a free plan, which has no end. @format date-time */
      periodStart: string | null;
      plan: components["schemas"]["PlanDto"];
      /** @description The plan's price, in yuan. */
      price: string;
      /** @description What the credit is more than the price less the discount, in yuan: it goes to the account, for later orders. */
      surplus: string;
    };
    ChangePassword: {
      currentPassword: string;
      newPassword: string;
    };
    ChangePlanDto: {
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
    ChangeTopupPackDto: {
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
    CheckoutDto: {
      /** @description Null for a free plan, for a trial, and where a coupon leaves nothing to pay. */
      payment: components["schemas"]["PaymentInstructionDto"] | null;
      subscription: components["schemas"]["SubscriptionDto"];
    };
    CheckQuotaDto: {
      cost?: number;
      resourceType: string;
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
    ClockView: {
      /**
       * Format: date-time
       * @description The business time.
       */
      now: string;
      /** @description How far it is ahead of the machine's. */
      shiftSeconds: number;
    };
    CommitHoldDto: {
      /** @description What the work cost in truth, at most what is held; all of it by default. */
      cost?: number;
    };
    ConsumeQuotaDto: {
      cost?: number;
      /** @description Anything more that the host wants to find again, at most 4 KiB. */
      metadata?: {
        [key: string]: unknown;
      };
      /** @description What it is used for, in the host's own terms. */
      resourceId?: string;
      resourceType: string;
    };
    ConsumptionDto: {
      quota: components["schemas"]["QuotaDto"];
      /**
       * Format: uuid
       * @description @format uuid
       */
      usageId: string;
    };
    CouponDto: {
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
    CouponListDto: {
      items: components["schemas"]["CouponDto"][];
      nextCursor: string | null;
    };
    CreateApiKey: {
      /**
       * Format: date-time
       * @description RFC 3339, in the future. Leave it out for a key that does not expire.
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
    CreateCouponDto: {
      /** @description In yuan; more than the price makes the plan free. Either this or `percentOff`. */
      amountOff?: string;
      code: string;
      /**
       * Format: date-time
       * @description When it ends, exclusive; a time that is over ends it at once, null never. @format date-time
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
    CreateOrganization: {
      name: string;
    };
    CreatePlanDto: {
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
    CreatePlanVersionDto: {
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
    CreateReconciliationDto: {
      /** @description The day in Beijing; its bill is made on the next day after 10:00. */
      date: string;
      provider: string;
    };
    CreateRefundDto: {
      /** @description In yuan; without it, all that is left. */
      amount?: string;
      /** @description Whether a partial refund ends the subscription too; a full one always does. */
      endSubscription?: boolean;
      /** @description What the buyer reads. */
      reason?: string;
    };
    CreateTopupPackDto: {
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
    CreateWebhookEndpointDto: {
      /** @description For people; null for none. */
      description?: string | null;
      /** @description While false nothing is sent; what was queued before waits. A new one is on unless told otherwise. */
      enabled?: boolean;
      /** @description Which events are sent; none named: all. */
      types?: ("subscription.activated" | "subscription.renewed" | "subscription.changed" | "subscription.canceled" | "subscription.expiring" | "subscription.expired" | "subscription.refunded" | "payment.paid" | "payment.failed" | "payment.refunded" | "payment.incident" | "quota.threshold")[];
      /** @description https, and a public address. */
      url: string;
    };
    CurrentSubscriptionDto: {
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
      plan: components["schemas"]["PlanDto"];
      quotas: components["schemas"]["QuotaDto"][];
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
    Deactivation: {
      /** @description For the audit log. */
      reason?: string | null;
    };
    DeleteAccount: {
      /** @description Your password, once more. */
      password: string;
    };
    DeliveryDto: {
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
    DeliveryListDto: {
      items: components["schemas"]["DeliveryDto"][];
      nextCursor: string | null;
    };
    DifferenceCountsDto: {
      amountDiffers: number;
      /** @description The bill has it, we don't. */
      missingHere: number;
      /** @description We have it, the bill doesn't. */
      missingThere: number;
      /** @description For a person. */
      open: number;
      /** @description Entered here after the channel was asked once more. */
      settled: number;
    };
    DifferenceDto: {
      /** @description In yuan; null where the bill lacks it. */
      channelAmount: string | null;
      /** @description What was found out about it. */
      detail: string | null;
      /** @enum {string} */
      entry: "payment" | "refund";
      /**
       * Format: uuid
       * @description @format uuid
       */
      id: string;
      /** @enum {string} */
      kind: "amount_differs" | "missing_here" | "missing_there";
      orderId: string;
      /** @description In yuan; null where nothing is recorded here. */
      ourAmount: string | null;
      refundNo: string | null;
      /** @enum {string} */
      resolution: "open" | "settled";
      /** @description The channel's own number of the payment. */
      tradeNo: string | null;
    };
    DifferenceListDto: {
      items: components["schemas"]["DifferenceDto"][];
      nextCursor: string | null;
    };
    EmailVerification: {
      /** @description Out of the link in the mail. */
      token: string;
    };
    FapiaoDto: {
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
    FapiaoPageDto: {
      items: components["schemas"]["FapiaoDto"][];
      nextCursor: string | null;
    };
    FieldErrorAnswer: {
      /** @description Where in the input, as a dotted path. */
      field: string;
      message: string;
    };
    GrantQuotaDto: {
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
       * @description Whose personal account gets it. @format uuid
       */
      userId?: string;
      /** @description Until when it can be used, exclusive. @format date-time */
      validUntil: string;
    };
    HealthDto: {
      /** @enum {string} */
      status: "ok";
    };
    HoldDto: {
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
      quota: components["schemas"]["QuotaDto"];
    };
    HoldQuotaDto: {
      cost?: number;
      /** @description Anything more that the host wants to find again, at most 4 KiB. */
      metadata?: {
        [key: string]: unknown;
      };
      /** @description What it is used for, in the host's own terms. */
      resourceId?: string;
      resourceType: string;
      /** @description How long the work may take, in seconds, before its quota goes back by itself; 900 by default. */
      ttlSeconds?: number;
    };
    HoldSettlementDto: {
      /**
       * Format: uuid
       * @description @format uuid
       */
      holdId: string;
      /** @description What the account has now, of the quota type that was held; null where it has none of it any more. */
      quota: components["schemas"]["QuotaDto"] | null;
      /** @enum {string} */
      status: "committed" | "released";
    };
    InvitationPage: {
      items: components["schemas"]["InvitationView"][];
      /** @description Asks for what follows; null on the last page. */
      nextCursor: string | null;
    };
    InvitationView: {
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
    Invite: {
      /** Format: email */
      email: string;
      /** @enum {string} */
      role: "admin" | "member" | "owner";
    };
    IssueFapiaoDto: {
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
    MemberList: {
      items: components["schemas"]["MemberView"][];
      /** @description Asks for what follows; null on the last page. */
      nextCursor: string | null;
    };
    MemberRole: {
      /** @enum {string} */
      role: "admin" | "member" | "owner";
    };
    MemberView: {
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
    OpenAgreementDto: {
      /** @description The channel to agree with. Default: the first that charges by agreement. */
      provider?: string;
      /**
       * Format: uri
       * @description Where the buyer’s browser goes after signing; http or https.
       */
      returnUrl?: string;
    };
    OrganizationList: {
      items: components["schemas"]["OrganizationView"][];
      /** @description Asks for what follows; null on the last page. */
      nextCursor: string | null;
    };
    OrganizationView: {
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: uuid
       * @description The account's id, for `X-Account-Id`.
       */
      id: string;
      name: string;
      /**
       * @description What the caller is in it.
       * @enum {string}
       */
      role: "admin" | "member" | "owner";
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
    PaymentDto: {
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
      /** @description In yuan: the refunds that succeeded. */
      refundedAmount: string;
      /** @enum {string} */
      status: "closed" | "failed" | "paid" | "partially_refunded" | "pending" | "refunded";
    };
    PaymentEventDto: {
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
    PaymentHistoryDto: {
      items: components["schemas"]["PaymentEventDto"][];
    };
    PaymentIncidentListDto: {
      items: components["schemas"]["PaymentEventDto"][];
      nextCursor: string | null;
    };
    PaymentInstructionDto: {
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
    PaymentListDto: {
      items: components["schemas"]["PaymentDto"][];
      nextCursor: string | null;
    };
    PlanDto: {
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
      quotas: components["schemas"]["PlanQuotaDto"][];
      /** @description How long it can be tried without paying, once by each user; 0 for not at all. */
      trialDays: number;
    };
    PlanListDto: {
      items: components["schemas"]["PlanDto"][];
    };
    PlanQuotaDto: {
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
    PlanStatusDto: {
      code: string;
      /** @enum {string} */
      status: "active" | "archived";
    };
    ProblemAnswer: {
      /**
       * @description The kind of error, for programs: one of a closed list.
       * @enum {string}
       */
      code: "AGREEMENT_EXISTS" | "AGREEMENT_NOT_OFFERED" | "ALREADY_MEMBER" | "ALREADY_SUBSCRIBED" | "API_KEY_REPLACED" | "CHANNEL_NOT_CONFIGURED" | "CHANNEL_REFUSED" | "CHANNEL_UNAVAILABLE" | "CONCURRENCY_LIMIT" | "COST_EXCEEDS_HOLD" | "COUPON_ALREADY_USED" | "COUPON_CODE_TAKEN" | "COUPON_INVALID" | "COUPON_USED_UP" | "DELIVERY_PENDING" | "EMAIL_TAKEN" | "FAPIAO_ALREADY_REQUESTED" | "FAPIAO_NOT_IN_STATE" | "FORBIDDEN" | "HOLD_NOT_OPEN" | "HOLD_NOT_YOURS" | "IDEMPOTENCY_KEY_IN_USE" | "IDEMPOTENCY_KEY_REUSED" | "INTERNAL_ERROR" | "INVALID_CREDENTIALS" | "INVALID_LINK" | "INVALID_NOTIFICATION" | "INVALID_REFRESH_TOKEN" | "KEY_QUOTA_EXCEEDED" | "LAST_ADMINISTRATOR" | "LAST_OWNER" | "METHOD_NOT_ALLOWED" | "NOT_FOUND" | "NO_SUBSCRIPTION" | "OVERLOADED" | "PAYLOAD_TOO_LARGE" | "PAYMENT_NOT_PAID" | "PAYMENT_NOT_PENDING" | "PLAN_CHANGE_REFUSED" | "PLAN_CODE_TAKEN" | "PLAN_IS_FREE" | "PLAN_NOT_FOUND" | "PLAN_VERSION_CONFLICT" | "QUOTA_EXCEEDED" | "REFUND_EXCEEDS_PAYMENT" | "REQUEST_REFUSED" | "SERVICE_UNAVAILABLE" | "SUBSCRIPTION_REQUIRED" | "TOO_MANY_ATTEMPTS" | "TOO_MANY_ORGANIZATIONS" | "TOPUP_CODE_TAKEN" | "TRIAL_ALREADY_USED" | "TRIAL_NOT_AVAILABLE" | "UNAUTHENTICATED" | "UNSUPPORTED_MEDIA_TYPE" | "VALIDATION_FAILED";
      /** @description What happened, for people, in the language asked for. */
      detail: string;
      /** @description The faults of the input, where it was not valid. */
      errors?: components["schemas"]["FieldErrorAnswer"][];
      /** @description What the API key has used of its cap, with KEY_QUOTA_EXCEEDED. */
      keyQuota?: {
        [key: string]: unknown;
      };
      /** @description What the quota stands at, with QUOTA_EXCEEDED. */
      quota?: {
        [key: string]: unknown;
      };
      status: number;
      /** @description The kind of error, for people, in the language asked for. */
      title: string;
      type: string;
    };
    QuotaCheckDto: {
      allowed: boolean;
      quota: components["schemas"]["QuotaDto"];
    };
    QuotaDto: {
      limit: number;
      /** @description How much of `used` goes beyond the limit, where the plan allows that and it is so. */
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
    QuotaListDto: {
      items: components["schemas"]["QuotaDto"][];
    };
    QuotaWorthDto: {
      /** @description What of it can still be used. */
      left: number;
      quotaType: string;
      /** @description What the paid period gives. */
      total: number;
      /** @description In yuan: `left` of `total` of the price, rounded down to the fen. */
      worth: string;
    };
    ReconciliationDto: {
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
    ReconciliationListDto: {
      items: components["schemas"]["ReconciliationDto"][];
      nextCursor: string | null;
    };
    ReconciliationReportDto: {
      /**
       * Format: date-time
       * @description @format date-time
       */
      createdAt: string;
      /** @description The day in Beijing. */
      date: string;
      differences: components["schemas"]["DifferenceCountsDto"];
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
    RefreshTokenBody: {
      refreshToken: string;
    };
    RefundDto: {
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
    RefundListDto: {
      items: components["schemas"]["RefundDto"][];
      nextCursor: string | null;
    };
    RefundPreviewDto: {
      quotas: components["schemas"]["QuotaWorthDto"][];
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
    RejectFapiaoDto: {
      /** @description The customer reads it. */
      reason: string;
    };
    RenewDto: {
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
    RequestFapiaoDto: {
      /**
       * Format: email
       * @description Where it is sent.
       */
      email: string;
      /** @enum {string} */
      kind: "company" | "personal";
      /** @description The unified social credit code (统一社会信用代码), 18 characters; a company has to give it. */
      taxNumber?: string;
      /** @description Whom it is made out to (发票抬头). */
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
    RotateSecretDto: {
      /** @description How long is signed with the former secret too. Default 24. */
      overlapHours?: number;
    };
    SessionPage: {
      items: components["schemas"]["SessionView"][];
      /** @description Asks for what follows; null on the last page. */
      nextCursor: string | null;
    };
    SessionView: {
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
    SignedIn: {
      /** @description A JWT, for `Authorization: Bearer`. */
      accessToken: string;
      /** @description The access token's life, in seconds. */
      expiresIn: number;
      /** @description Opaque; exchanged for the next pair at POST /auth/refresh. */
      refreshToken: string;
      /** @enum {string} */
      tokenType: "Bearer";
      user: components["schemas"]["UserView"];
    };
    SubscribeDto: {
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
    SubscriptionDto: {
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
      plan: components["schemas"]["PlanDto"];
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
    TopupDto: {
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
    TopupPackDto: {
      amount: number;
      code: string;
      currency: string;
      name: string;
      /** @description In yuan. */
      price: string;
      quotaType: string;
      validDays: number;
    };
    TopupPackListDto: {
      items: components["schemas"]["TopupPackDto"][];
    };
    TopupPurchaseDto: {
      payment: components["schemas"]["PaymentInstructionDto"];
      topup: components["schemas"]["TopupDto"];
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
    UpdateWebhookEndpointDto: {
      /** @description For people; null for none. */
      description?: string | null;
      /** @description While false nothing is sent; what was queued before waits. A new one is on unless told otherwise. */
      enabled?: boolean;
      /** @description Which events are sent; none named: all. */
      types?: ("subscription.activated" | "subscription.renewed" | "subscription.changed" | "subscription.canceled" | "subscription.expiring" | "subscription.expired" | "subscription.refunded" | "payment.paid" | "payment.failed" | "payment.refunded" | "payment.incident" | "quota.threshold")[];
      /** @description https, and a public address. */
      url?: string;
    };
    UsageDto: {
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
    UsageListDto: {
      items: components["schemas"]["UsageDto"][];
      nextCursor: string | null;
    };
    UsageSumDto: {
      /** @description What they cost together. */
      cost: number;
      /** @description How many usages. */
      count: number;
      /** @description The day, the resource type or the status. */
      key: string;
    };
    UsageSummaryDto: {
      /** @enum {string} */
      groupBy: "day" | "resourceType" | "status";
      /** @description Of the same rows that GET /usage lists, released ones included: ask for a status to leave them out. */
      items: components["schemas"]["UsageSumDto"][];
      /** @description Whose days. */
      timeZone: string;
      total: components["schemas"]["UsageTotalDto"];
    };
    UsageTotalDto: {
      cost: number;
      count: number;
    };
    UserView: {
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
    WebhookEndpointDto: {
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
      types: ("subscription.activated" | "subscription.renewed" | "subscription.changed" | "subscription.canceled" | "subscription.expiring" | "subscription.expired" | "subscription.refunded" | "payment.paid" | "payment.failed" | "payment.refunded" | "payment.incident" | "quota.threshold")[];
      /**
       * Format: date-time
       * @description @format date-time
       */
      updatedAt: string;
      url: string;
    };
    WebhookEndpointListDto: {
      items: components["schemas"]["WebhookEndpointDto"][];
      nextCursor: string | null;
    };
    WebhookEndpointSecretDto: {
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
      types: ("subscription.activated" | "subscription.renewed" | "subscription.changed" | "subscription.canceled" | "subscription.expiring" | "subscription.expired" | "subscription.refunded" | "payment.paid" | "payment.failed" | "payment.refunded" | "payment.incident" | "quota.threshold")[];
      /**
       * Format: date-time
       * @description @format date-time
       */
      updatedAt: string;
      url: string;
    };
  };
  responses: {
    /** @description `INTERNAL_ERROR`: Internal error */
    INTERNAL_ERROR: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": {
          /** @enum {string} */
          code?: "INTERNAL_ERROR";
        } & components["schemas"]["ProblemAnswer"];
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
        } & components["schemas"]["ProblemAnswer"];
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
        } & components["schemas"]["ProblemAnswer"];
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
        } & components["schemas"]["ProblemAnswer"];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  Jwks_list: {
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
  Audit_list: {
    parameters: {
      query?: {
        action?: string;
        /** @description Who did it. */
        actorUserId?: string;
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description RFC 3339: not before. */
        from?: string;
        /** @description How many items to answer with. */
        limit?: number;
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
  AdminCoupons_list: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description How many items to answer with. */
        limit?: number;
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
          "application/json": components["schemas"]["CouponListDto"];
        };
      };
    };
  };
  AdminCoupons_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CreateCouponDto"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CouponDto"];
        };
      };
    };
  };
  AdminCoupons_change: {
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
        "application/json": components["schemas"]["ChangeCouponDto"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CouponDto"];
        };
      };
    };
  };
  EventDeliveries_list: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        kind?: "handlers" | "mail" | "webhook";
        /** @description How many items to answer with. */
        limit?: number;
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
          "application/json": components["schemas"]["DeliveryListDto"];
        };
      };
    };
  };
  EventDeliveries_replay: {
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
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["DeliveryDto"];
        };
      };
    };
  };
  AdminFapiao_list: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description How many items to answer with. */
        limit?: number;
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
          "application/json": components["schemas"]["FapiaoPageDto"];
        };
      };
    };
  };
  AdminFapiao_issue: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["IssueFapiaoDto"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FapiaoDto"];
        };
      };
    };
  };
  AdminFapiao_redLetter: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["IssueFapiaoDto"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FapiaoDto"];
        };
      };
    };
  };
  AdminFapiao_reject: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["RejectFapiaoDto"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FapiaoDto"];
        };
      };
    };
  };
  AdminFapiao_export: {
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
  PaymentHistory_incidents: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description How many items to answer with. */
        limit?: number;
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
          "application/json": components["schemas"]["PaymentIncidentListDto"];
        };
      };
    };
  };
  AdminPayments_list: {
    parameters: {
      query?: {
        /** @description Whose it is. */
        accountId?: string;
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description RFC 3339: ordered not before. */
        from?: string;
        /** @description How many items to answer with. */
        limit?: number;
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
          "application/json": components["schemas"]["AdminPaymentListDto"];
        };
      };
    };
  };
  AdminPayments_export: {
    parameters: {
      query?: {
        /** @description Whose it is. */
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
  AdminPlans_list: {
    parameters: {
      query?: {
        /** @description Only this plan's. */
        code?: string;
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description How many items to answer with. */
        limit?: number;
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
          "application/json": components["schemas"]["AdminPlanListDto"];
        };
      };
    };
  };
  AdminPlans_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CreatePlanDto"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AdminPlanDto"];
        };
      };
    };
  };
  AdminPlans_archive: {
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
          "application/json": components["schemas"]["PlanStatusDto"];
        };
      };
    };
  };
  AdminPlans_restore: {
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
          "application/json": components["schemas"]["PlanStatusDto"];
        };
      };
    };
  };
  AdminPlans_createVersion: {
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
        "application/json": components["schemas"]["CreatePlanVersionDto"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AdminPlanDto"];
        };
      };
    };
  };
  AdminGrants_balances: {
    parameters: {
      query?: {
        /** @description Only this account's. @format uuid */
        accountId?: string;
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description How many items to answer with. */
        limit?: number;
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
          "application/json": components["schemas"]["BalanceListDto"];
        };
      };
    };
  };
  AdminGrants_grant: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again. Kept for 24 hours. */
        "Idempotency-Key"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["GrantQuotaDto"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["BalanceDto"];
        };
      };
    };
  };
  AdminHolds_release: {
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
          "application/json": components["schemas"]["HoldSettlementDto"];
        };
      };
    };
  };
  Reconciliations_list: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description How many items to answer with. */
        limit?: number;
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
          "application/json": components["schemas"]["ReconciliationListDto"];
        };
      };
    };
  };
  Reconciliations_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CreateReconciliationDto"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ReconciliationReportDto"];
        };
      };
    };
  };
  Reconciliations_get: {
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
          "application/json": components["schemas"]["ReconciliationReportDto"];
        };
      };
    };
  };
  Reconciliations_differences: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description How many items to answer with. */
        limit?: number;
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
          "application/json": components["schemas"]["DifferenceListDto"];
        };
      };
    };
  };
  AdminTopups_list: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description How many items to answer with. */
        limit?: number;
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
          "application/json": components["schemas"]["AdminTopupPackListDto"];
        };
      };
    };
  };
  AdminTopups_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CreateTopupPackDto"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AdminTopupPackDto"];
        };
      };
    };
  };
  AdminTopups_change: {
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
        "application/json": components["schemas"]["ChangeTopupPackDto"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AdminTopupPackDto"];
        };
      };
    };
  };
  AdminUsage_list: {
    parameters: {
      query?: {
        /** @description Only this account's. Without it and without `userId`: everybody's. @format uuid */
        accountId?: string;
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description From this moment on. @format date-time */
        from?: string;
        /** @description How many items to answer with. */
        limit?: number;
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
          "application/json": components["schemas"]["AdminUsageListDto"];
        };
      };
    };
  };
  AdminUsage_summary: {
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
          "application/json": components["schemas"]["UsageSummaryDto"];
        };
      };
    };
  };
  AdminUsers_list: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description How many items to answer with. */
        limit?: number;
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
  AdminUsers_show: {
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
  AdminUsers_deactivate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
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
  Privacy_exportOf: {
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
  AdminUsers_reactivate: {
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
  AdminUsers_changeRole: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
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
  AdminUsers_export: {
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
  WebhookEndpoints_list: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description How many items to answer with. */
        limit?: number;
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
          "application/json": components["schemas"]["WebhookEndpointListDto"];
        };
      };
    };
  };
  WebhookEndpoints_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CreateWebhookEndpointDto"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["WebhookEndpointSecretDto"];
        };
      };
    };
  };
  WebhookEndpoints_show: {
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
          "application/json": components["schemas"]["WebhookEndpointDto"];
        };
      };
    };
  };
  WebhookEndpoints_remove: {
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
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  WebhookEndpoints_update: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["UpdateWebhookEndpointDto"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["WebhookEndpointDto"];
        };
      };
    };
  };
  WebhookEndpoints_sent: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description How many items to answer with. */
        limit?: number;
        /** @description Only those in this state; `dead` are the dead letters. */
        status?: "dead" | "delivered" | "pending" | "skipped";
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
          "application/json": components["schemas"]["DeliveryListDto"];
        };
      };
    };
  };
  WebhookEndpoints_replay: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        deliveryId: string;
        id: string;
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
          "application/json": components["schemas"]["DeliveryDto"];
        };
      };
    };
  };
  WebhookEndpoints_rotate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["RotateSecretDto"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["WebhookEndpointSecretDto"];
        };
      };
    };
  };
  WebhookEndpoints_test: {
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
          "application/json": components["schemas"]["DeliveryDto"];
        };
      };
    };
  };
  ApiKeys_list: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description How many items to answer with. */
        limit?: number;
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
  ApiKeys_create: {
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
  ApiKeys_revoke: {
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
      /** @description Deleted. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  ApiKeys_rotate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
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
  EmailVerification_request: {
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
  EmailVerification_confirm: {
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
  SignIn_login: {
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
  SignIn_logout: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["RefreshTokenBody"];
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
  PasswordReset_request: {
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
  PasswordReset_confirm: {
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
  SignIn_refresh: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["RefreshTokenBody"];
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
  SignIn_register: {
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
  Documents_ui: {
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
  Documents_json: {
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
  Health_live: {
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
          "application/json": components["schemas"]["HealthDto"];
        };
      };
    };
  };
  Health_ready: {
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
          "application/json": components["schemas"]["HealthDto"];
        };
      };
    };
  };
  Organizations_accept: {
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
          "application/json": components["schemas"]["OrganizationView"];
        };
      };
    };
  };
  Metrics_metrics: {
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
          "text/plain": string;
        };
      };
    };
  };
  Organizations_list: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description How many items to answer with. */
        limit?: number;
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
  Organizations_create: {
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
          "application/json": components["schemas"]["OrganizationView"];
        };
      };
    };
  };
  Organizations_listInvitations: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description How many items to answer with. */
        limit?: number;
      };
      header?: never;
      path: {
        id: string;
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
  Organizations_invite: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
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
          "application/json": components["schemas"]["InvitationView"];
        };
      };
    };
  };
  Organizations_withdraw: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
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
  Organizations_members: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description How many items to answer with. */
        limit?: number;
      };
      header?: never;
      path: {
        id: string;
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
  Organizations_changeRole: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
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
          "application/json": components["schemas"]["MemberView"];
        };
      };
    };
  };
  Organizations_remove: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
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
  Payments_list: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description How many items to answer with. */
        limit?: number;
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
          "application/json": components["schemas"]["PaymentListDto"];
        };
      };
    };
  };
  Payments_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        orderId: string;
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
          "application/json": components["schemas"]["PaymentDto"];
        };
      };
    };
  };
  Payments_close: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        orderId: string;
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
          "application/json": components["schemas"]["PaymentDto"];
        };
      };
    };
  };
  Fapiao_show: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        orderId: string;
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
          "application/json": components["schemas"]["FapiaoDto"];
        };
      };
    };
  };
  Fapiao_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        orderId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["RequestFapiaoDto"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FapiaoDto"];
        };
      };
    };
  };
  Fapiao_withdraw: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        orderId: string;
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
          "application/json": components["schemas"]["FapiaoDto"];
        };
      };
    };
  };
  PaymentHistory_of: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        orderId: string;
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
          "application/json": components["schemas"]["PaymentHistoryDto"];
        };
      };
    };
  };
  Receipts_page: {
    parameters: {
      query?: never;
      header?: never;
      path: {
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
  Receipts_pdf: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        orderId: string;
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
  Refunds_list: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description How many items to answer with. */
        limit?: number;
      };
      header?: never;
      path: {
        orderId: string;
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
          "application/json": components["schemas"]["RefundListDto"];
        };
      };
    };
  };
  Refunds_create: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again. Kept for 24 hours. */
        "Idempotency-Key"?: string;
      };
      path: {
        orderId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CreateRefundDto"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["RefundDto"];
        };
      };
    };
  };
  Refunds_preview: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        orderId: string;
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
          "application/json": components["schemas"]["RefundPreviewDto"];
        };
      };
    };
  };
  Plans_list: {
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
          "application/json": components["schemas"]["PlanListDto"];
        };
      };
    };
  };
  Quota_list: {
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
          "application/json": components["schemas"]["QuotaListDto"];
        };
      };
    };
  };
  Quota_check: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CheckQuotaDto"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["QuotaCheckDto"];
        };
      };
    };
  };
  Quota_consume: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again. Kept for 24 hours. */
        "Idempotency-Key"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ConsumeQuotaDto"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ConsumptionDto"];
        };
      };
    };
  };
  Holds_hold: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again. Kept for 24 hours. */
        "Idempotency-Key"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["HoldQuotaDto"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["HoldDto"];
        };
      };
    };
  };
  Holds_commit: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again. Kept for 24 hours. */
        "Idempotency-Key"?: string;
      };
      path: {
        holdId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CommitHoldDto"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["HoldSettlementDto"];
        };
      };
    };
  };
  Holds_release: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again. Kept for 24 hours. */
        "Idempotency-Key"?: string;
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
          "application/json": components["schemas"]["HoldSettlementDto"];
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
  Clock_show: {
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
          "application/json": components["schemas"]["ClockView"];
        };
      };
    };
  };
  Clock_move: {
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
  Sessions_list: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description How many items to answer with. */
        limit?: number;
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
  Sessions_endOthers: {
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
  Sessions_end: {
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
      /** @description Ended. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  Subscriptions_subscribe: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again. Kept for 24 hours. */
        "Idempotency-Key"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["SubscribeDto"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CheckoutDto"];
        };
      };
    };
  };
  CurrentSubscription_current: {
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
          "application/json": components["schemas"]["CurrentSubscriptionDto"];
        };
      };
    };
  };
  Agreements_show: {
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
          "application/json": components["schemas"]["AgreementAnswerDto"];
        };
      };
    };
  };
  Agreements_open: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["OpenAgreementDto"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AgreementAnswerDto"];
        };
      };
    };
  };
  Agreements_end: {
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
          "application/json": components["schemas"]["AgreementAnswerDto"];
        };
      };
    };
  };
  Changes_cancel: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CancelDto"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SubscriptionDto"];
        };
      };
    };
  };
  Changes_change: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again. Kept for 24 hours. */
        "Idempotency-Key"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ChangePlanDto"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ChangeDto"];
        };
      };
    };
  };
  Changes_preview: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ChangePlanDto"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ChangeOfferDto"];
        };
      };
    };
  };
  Changes_renew: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again. Kept for 24 hours. */
        "Idempotency-Key"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["RenewDto"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ChangeDto"];
        };
      };
    };
  };
  Changes_resume: {
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
          "application/json": components["schemas"]["SubscriptionDto"];
        };
      };
    };
  };
  Topups_list: {
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
          "application/json": components["schemas"]["TopupPackListDto"];
        };
      };
    };
  };
  Topups_buy: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key with the same body gets the first answer again. Kept for 24 hours. */
        "Idempotency-Key"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["BuyTopupDto"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["TopupPurchaseDto"];
        };
      };
    };
  };
  Usage_list: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before; leave it out for the first page. */
        cursor?: string;
        /** @description From this moment on. @format date-time */
        from?: string;
        /** @description How many items to answer with. */
        limit?: number;
        resourceId?: string;
        resourceType?: string;
        status?: "consumed" | "held" | "released";
        /** @description Before this moment. @format date-time */
        to?: string;
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
          "application/json": components["schemas"]["UsageListDto"];
        };
      };
    };
  };
  Usage_summary: {
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
          "application/json": components["schemas"]["UsageSummaryDto"];
        };
      };
    };
  };
  Users_show: {
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
          "application/json": components["schemas"]["UserView"];
        };
      };
    };
  };
  Users_update: {
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
          "application/json": components["schemas"]["UserView"];
        };
      };
    };
  };
  Privacy_erase: {
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
  Privacy_exportOwn: {
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
  Users_changePassword: {
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
  Webhooks_alipay: {
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
  Webhooks_wechat: {
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
