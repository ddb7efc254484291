import type { FapiaoInput } from '@idoctor/commercial-client';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../kit/client.js';
import { ConfirmDialog } from '../kit/confirm-dialog.js';
import { Field, Segments, Select } from '../kit/field.js';

const KEPT = 'commercial.titles';
const MOST_KEPT = 5;

/** What was asked for on this device before, newest first: a company's number is typed once. */
function keptTitles(): FapiaoInput[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(kept) ? (kept as FapiaoInput[]) : [];
  } catch {
    return [];
  }
}

function keep(title: FapiaoInput): void {
  const others = keptTitles().filter((other) => other.title !== title.title);
  localStorage.setItem(KEPT, JSON.stringify([title, ...others].slice(0, MOST_KEPT)));
}

export function FapiaoForm({
  orderId,
  onDone,
  onClose,
}: {
  orderId: string;
  onDone: () => void;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const [titles] = useState(keptTitles);
  const [form, setForm] = useState({ kind: 'company', title: '', taxNumber: '', email: '', ...titles[0] });
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const isCompany = form.kind === 'company';
  const input = {
    kind: form.kind,
    title: form.title.trim(),
    email: form.email.trim(),
    ...(isCompany && { taxNumber: form.taxNumber.trim().toUpperCase() }),
  } as FapiaoInput;
  const send = async () => {
    await client.payments.requestFapiao(orderId, input);
    keep(input);
  };
  return (
    <ConfirmDialog
      title={t('invoices.request')}
      confirmLabel={t('invoices.send')}
      isReady={input.title !== '' && input.email !== '' && (!isCompany || form.taxNumber.trim() !== '')}
      act={send}
      onDone={onDone}
      onClose={onClose}
    >
      <div className="form">
        {titles.length > 1 ? (
          <Select
            label={t('invoices.kept')}
            value={form.title}
            onChange={(title) => change(titles.find((one) => one.title === title) ?? {})}
            options={titles.map(({ title }) => ({ value: title, label: title }))}
          />
        ) : null}
        <Segments
          legend={t('invoices.kind')}
          value={form.kind}
          onChange={(kind) => change({ kind: kind as 'company' })}
          options={[
            { value: 'company', label: t('invoices.company') },
            { value: 'personal', label: t('invoices.personal') },
          ]}
        />
        <Field
          label={t('invoices.name')}
          required
          maxLength={100}
          autoComplete="organization"
          value={form.title}
          onChange={(event) => change({ title: event.target.value })}
        />
        {isCompany ? (
          <Field
            label={t('invoices.taxNumber')}
            hint={t('invoices.taxHint')}
            required
            maxLength={20}
            value={form.taxNumber}
            onChange={(event) => change({ taxNumber: event.target.value })}
          />
        ) : null}
        <Field
          label={t('invoices.email')}
          type="email"
          required
          autoComplete="email"
          value={form.email}
          onChange={(event) => change({ email: event.target.value })}
        />
      </div>
    </ConfirmDialog>
  );
}
