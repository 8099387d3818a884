export function CreatePage() { return <p>soon</p>; }
