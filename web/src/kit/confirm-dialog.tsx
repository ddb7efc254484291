import { Dialog } from '@base-ui/react/dialog';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from './error-notice.js';

interface ConfirmDialogProps<Result> {
  title: string;
  /** What will happen, and what it costs. */
  children: ReactNode;
  /** Default: "confirm". */
  confirmLabel?: string;
  tone?: 'primary' | 'danger';
  /** Whether it can be confirmed as things stand. Default true. */
  isReady?: boolean;
  /** @param idempotencyKey made once for the dialog: however often the button is pressed, it is done once */
  act: (idempotencyKey: string) => Promise<Result>;
  onDone: (result: Result) => void;
  onClose: () => void;
}

/** Asks before anything that costs or ends something. Mount it to open it. */
export function ConfirmDialog<Result>(props: ConfirmDialogProps<Result>): ReactElement {
  const { title, children, confirmLabel, tone = 'primary', isReady = true, act, onDone, onClose } = props;
  const { t } = useTranslation();
  const [idempotencyKey] = useState(newKey);
  const mutation = useMutation({ mutationFn: () => act(idempotencyKey), onSuccess: onDone });
  // A second click comes before the button has been drawn as disabled.
  const isSent = useRef(false);
  const press = () => {
    if (isSent.current) return;
    isSent.current = true;
    mutation.mutate(undefined, { onError: () => (isSent.current = false) });
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && !mutation.isPending && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog">
          <Dialog.Title render={<h2 />}>{title}</Dialog.Title>
          {children}
          {mutation.error ? <ErrorNotice error={mutation.error} /> : null}
          <div className="actions">
            <Dialog.Close className="button" disabled={mutation.isPending}>
              {t('back')}
            </Dialog.Close>
            <button
              type="button"
              className={`button primary ${tone === 'danger' ? 'danger' : ''}`}
              data-testid="confirm"
              disabled={!isReady || mutation.isPending || mutation.isSuccess}
              onClick={press}
            >
              {confirmLabel ?? t('confirm')}
            </button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** A dialog that only shows something. */
export function ShowDialog({
  title,
  children,
  closeLabel,
  onClose,
}: {
  title: string;
  children: ReactNode;
  closeLabel: string;
  onClose: () => void;
}): ReactElement {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()} disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog">
          <Dialog.Title render={<h2 />}>{title}</Dialog.Title>
          {children}
          <div className="actions">
            <Dialog.Close className="button primary">{closeLabel}</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** `crypto.randomUUID` is missing where the page isn't served over https. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
