import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { signUp } from '../../kit/client.js';
import { ErrorNotice, faultOf } from '../../kit/error-notice.js';
import { Field } from '../../kit/field.js';
import { Gate } from '../gate.js';

/** Of the agreements; another version has to be agreed to anew. */
const AGREEMENTS = '2026-12';

export function SignUp(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [agrees, setAgrees] = useState(false);
  const [isReminded, setReminded] = useState(false);
  const attempt = useMutation({
    mutationFn: () => signUp(email, password),
    onSuccess: () => navigate({ to: '/', replace: true }),
  });
  return (
    <Gate title={t('signUp.title')}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!agrees) return setReminded(true);
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
          autoComplete="new-password"
          required
          minLength={8}
          hint={t('signUp.hint')}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          fault={faultOf(attempt.error, 'password')}
        />
        <label className="check">
          <input
            type="checkbox"
            data-testid="agree"
            checked={agrees}
            aria-describedby={isReminded && !agrees ? 'agree-fault' : undefined}
            onChange={(event) => setAgrees(event.target.checked)}
          />
          <span>{t('signUp.agree', { version: AGREEMENTS })}</span>
        </label>
        {isReminded && !agrees ? (
          <div id="agree-fault" className="notice bad" role="alert">
            {t('signUp.mustAgree')}
          </div>
        ) : null}
        {attempt.error ? <ErrorNotice error={attempt.error} /> : null}
        <button
          type="submit"
          className="button primary wide"
          data-testid="submit"
          disabled={attempt.isPending}
        >
          {t('signUp.submit')}
        </button>
      </form>
      <p>
        {t('signUp.has')} <Link to="/sign-in">{t('signIn.title')}</Link>
      </p>
    </Gate>
  );
}
