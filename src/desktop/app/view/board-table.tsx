import type { ComponentChildren } from 'preact';

interface Props {
  readonly id: string;
  readonly title: string;
  readonly count?: number;
  readonly heads: readonly string[];
  /** Shown in the place of rows when there are none. */
  readonly none: string;
  readonly children: readonly ComponentChildren[];
}

export function BoardTable({ id, title, count, heads, none, children }: Props) {
  const heading = `${id}-heading`;
  return (
    <section class={`board-part ${id}`} aria-labelledby={heading}>
      <h2 id={heading}>
        {title} {count !== undefined && count > 0 && <span class="count">{count}</span>}
      </h2>
      {children.length === 0 ? (
        <p class="empty">{none}</p>
      ) : (
        <div class="table" tabIndex={0} role="group" aria-labelledby={heading}>
          <table>
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{children}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}
