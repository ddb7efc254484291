import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { signIn } from '../../kit/client.js';
import { ErrorNotice, faultOf } from '../../kit/error-notice.js';
import { Field } from '../../kit/field.js';
import { Gate } from '../gate.js';

export function SignIn(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { next, ended, erased } = useSearch({ from: '/sign-in' });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const attempt = useMutation({
    mutationFn: () => signIn(email, password),
    onSuccess: () => navigate({ to: next ?? '/', replace: true }),
  });
  return (
    <Gate title={t('signIn.title')}>
      {ended && !attempt.error ? <div className="notice warn">{t('signIn.ended')}</div> : null}
      {erased && !attempt.error ? <div className="notice good">{t('privacy.erased')}</div> : null}
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!attempt.isPending) attempt.mutate();
        }}
      >
        <Field
          label={t('signIn.email')}
          testId="email"
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          fault={faultOf(attempt.error, 'email')}
        />
        <Field
          label={t('signIn.password')}
          testId="password"
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          fault={faultOf(attempt.error, 'password')}
        />
        {attempt.error ? <ErrorNotice error={attempt.error} /> : null}
        <button
          type="submit"
          className="button primary wide"
          data-testid="submit"
          disabled={attempt.isPending}
        >
          {t('signIn.submit')}
        </button>
      </form>
      <div className="row spread">
        <span>
          {t('signIn.none')} <Link to="/sign-up">{t('signIn.signUp')}</Link>
        </span>
        <Link to="/reset-password">{t('signIn.forgot')}</Link>
      </div>
    </Gate>
  );
}
