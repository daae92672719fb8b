import { useText } from '../../texts/use-text.js';

/** The head of a table of loads; `first` says what its rows are. */
export function LoadHead({ first }: { readonly first: string }) {
  const { say } = useText();
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col">{say('wallboard.waiting')}</th>
        <th scope="col">{say('wallboard.oldest')}</th>
        <th scope="col">{say('words.state.open')}</th>
      </tr>
    </thead>
  );
}
