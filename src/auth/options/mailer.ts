/** One mail, to one reader. */
export interface Mail {
  /** The same for every try of the same mail, so that a mail server may know it again. Absent: it isn't tried again. */
  id?: string;
  to: string;
  subject: string;
  /** Plain text. */
  text: string;
}

/** How mails leave; a host brings its own. */
export interface Mailer {
  /** @throws where it could not be handed on. */
  send(mail: Mail): Promise<void>;
}

/** A page of the host's front end, to which a mail's link leads. */
export type LinkPage = 'reset-password' | 'verify-email' | 'accept-invitation';

export interface MailOptions {
  mailer: Mailer;
  /** The address of the page. The token goes into its fragment, which browsers send to no server and to no referrer. */
  linkTo(page: LinkPage, token: string): string;
}
