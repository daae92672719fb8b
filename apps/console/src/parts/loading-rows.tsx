import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useText } from '../texts/use-text.js';
import styles from './parts.module.css';

const widths = ['62%', '48%', '71%', '55%', '66%', '44%'];

/** Rows that are being loaded, as high as they will be. */
export function LoadingRows({ count = 12 }: { readonly count?: number }) {
  const { say } = useText();
  return (
    <div className={styles.late} role="status">
      <VisuallyHidden>{say('parts.loading')}</VisuallyHidden>
      {Array.from({ length: count }, (_, i) => (
        <div className={styles.bar} key={i}>
          <Skeleton circle height={20} />
          <Skeleton height={10} radius="xl" width={widths[i % widths.length]} />
        </div>
      ))}
    </div>
  );
}
