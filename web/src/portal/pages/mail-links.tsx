import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../kit/client.js';
import { ErrorNotice, faultOf } from '../../kit/error-notice.js';
import { Field } from '../../kit/field.js';
import { Loading } from '../../kit/page.js';
import { Gate } from '../gate.js';

/** Behind the `#`, so that it is in no server's log; taken out of the address, so that it is in no history either. */
function useToken(): string | null {
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token'));
  useEffect(() => {
    if (location.hash) history.replaceState(history.state, '', location.pathname + location.search);
  }, []);
  return token;
}

export function ResetPassword(): ReactElement {
  const token = useToken();
  const { t } = useTranslation();
  return <Gate title={t('reset.title')}>{token ? <SetPassword token={token} /> : <AskForLink />}</Gate>;
}

function AskForLink(): ReactElement {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const ask = useMutation({ mutationFn: () => client.auth.requestPasswordReset(email) });
  if (ask.isSuccess) {
    return (
      <div className="notice good" role="status">
        {t('reset.sent')}
      </div>
    );
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!ask.isPending) ask.mutate();
      }}
    >
      <Field
        label={t('signIn.email')}
        testId="email"
        type="email"
        autoComplete="username"
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        fault={faultOf(ask.error, 'email')}
      />
      {ask.error ? <ErrorNotice error={ask.error} /> : null}
      <button type="submit" className="button primary wide" data-testid="submit" disabled={ask.isPending}>
        {t('reset.ask')}
      </button>
      <Link to="/sign-in">{t('signIn.title')}</Link>
    </form>
  );
}

function SetPassword({ token }: { token: string }): ReactElement {
  const { t } = useTranslation();
  const [newPassword, setPassword] = useState('');
  const set = useMutation({ mutationFn: () => client.auth.resetPassword({ token, newPassword }) });
  if (set.isSuccess) return <Done text={t('reset.done')} />;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!set.isPending) set.mutate();
      }}
    >
      <Field
        label={t('reset.fresh')}
        testId="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={8}
        hint={t('signUp.hint')}
        value={newPassword}
        onChange={(event) => setPassword(event.target.value)}
        fault={faultOf(set.error, 'newPassword')}
      />
      {set.error ? <ErrorNotice error={set.error} /> : null}
      <button type="submit" className="button primary wide" data-testid="submit" disabled={set.isPending}>
        {t('reset.set')}
      </button>
    </form>
  );
}

/** Verifies by a button and not by opening: mail programs open links before people do. */
export function VerifyEmail(): ReactElement {
  const token = useToken();
  const { t } = useTranslation();
  const verify = useMutation({ mutationFn: () => client.auth.verifyEmail(token!) });
  return (
    <Gate title={t('verify.title')}>
      {!token ? <div className="notice warn">{t('verify.missing')}</div> : null}
      {verify.isSuccess ? <Done text={t('verify.done')} /> : null}
      {verify.error ? <ErrorNotice error={verify.error} /> : null}
      {token && !verify.isSuccess ? (
        <button
          type="button"
          className="button primary wide"
          data-testid="submit"
          disabled={verify.isPending}
          onClick={() => verify.mutate()}
        >
          {t('confirm')}
        </button>
      ) : null}
    </Gate>
  );
}

export function AcceptInvitation(): ReactElement {
  const token = useToken();
  const { t } = useTranslation();
  const [isSignedIn, setSignedIn] = useState<boolean | null>(null);
  useEffect(() => void client.isSignedIn().then(setSignedIn, () => setSignedIn(false)), []);
  const accept = useMutation({
    mutationFn: () => client.request('POST /invitations/accept', { body: { token: token! } }),
  });
  return (
    <Gate title={t('accept.title')}>
      {!token ? <div className="notice warn">{t('verify.missing')}</div> : null}
      {isSignedIn === null ? <Loading /> : null}
      {isSignedIn === false ? (
        <>
          <p>{t('accept.signInFirst')}</p>
          <Link to="/sign-in" className="button primary">
            {t('signIn.title')}
          </Link>
        </>
      ) : null}
      {accept.isSuccess ? (
        <div className="notice good">{t('accept.done', { name: accept.data.name })}</div>
      ) : null}
      {accept.error ? <ErrorNotice error={accept.error} /> : null}
      {token && isSignedIn && !accept.isSuccess ? (
        <button
          type="button"
          className="button primary wide"
          data-testid="submit"
          disabled={accept.isPending}
          onClick={() => accept.mutate()}
        >
          {t('accept.submit')}
        </button>
      ) : null}
      {accept.isSuccess ? (
        <Link to="/" className="button">
          {t('notFound.home')}
        </Link>
      ) : null}
    </Gate>
  );
}

function Done({ text }: { text: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <div className="notice good" role="status">
        {text}
      </div>
      <Link to="/sign-in" className="button primary">
        {t('signIn.title')}
      </Link>
    </>
  );
}
