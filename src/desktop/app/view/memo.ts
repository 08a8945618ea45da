import { h, type Component, type FunctionComponent } from 'preact';

/** A view that is drawn anew only when one of its properties is another one: for the rows of long lists. */
export function memo<Props extends object>(
  view: FunctionComponent<Props>,
): FunctionComponent<Props> {
  return function Memo(this: Component<Props>, props: Props) {
    this.shouldComponentUpdate = (next) => !isSame(this.props, next);
    return h(view, props);
  };
}

function isSame(one: object, other: object): boolean {
  const [mine, others] = [Object.entries(one), new Map(Object.entries(other))];
  return mine.length === others.size && mine.every(([name, value]) => others.get(name) === value);
}
