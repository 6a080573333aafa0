/** The mark of the portal: a bridge between a square and a disc. Decorative: its name stands beside it. */
export function Mark() {
  return (
    <svg width="30" height="18" viewBox="0 0 30 18" fill="none" aria-hidden="true" focusable="false">
      <path d="M1 15.5h28" stroke="currentColor" strokeWidth="2" />
      <path d="M3 15C6 5 24 5 27 15" stroke="currentColor" strokeWidth="2" />
      <path d="M9 15V9.6M15 15V7.6M21 15V9.6" stroke="currentColor" strokeWidth="1.5" />
      <rect className="fill-in" x="0" y="12.5" width="5" height="5" rx="1.2" />
      <circle className="fill-ru" cx="27.2" cy="15" r="2.7" />
    </svg>
  );
}
