import { render } from 'preact';
import { expect, test } from 'vitest';
import { UrgencyBadge } from './UrgencyBadge';

test('urgency is told by word, colour class and shape', () => {
  const shapes = (['EMERGENCY', 'URGENT', 'ROUTINE'] as const).map((urgency) => {
    const place = document.createElement('div');
    render(<UrgencyBadge urgency={urgency} />, place);
    expect(place.textContent?.toUpperCase()).toBe(urgency);
    expect(place.querySelector(`.urgency--${urgency}`)).not.toBeNull();
    return place.querySelector('path')?.getAttribute('d');
  });

  expect(new Set(shapes).size).toBe(3);
});
