import { reasonAgainst } from './known-words.js';

const known = {
  email: 'li.wei@hospital.example',
  displayName: '李伟 Wei',
  options: { productNames: ['Radiology Desk'] },
};

describe('a password', () => {
  it.each([
    'li.wei@hospital.example',
    'LI.WEI@HOSPITAL.EXAMPLE',
    'li-wei--',
    'LiWei2026!',
    'ｌｉ.ｗｅｉ１２３',
  ])('is not the address: %s', (password) =>
    expect(reasonAgainst(password, known)?.en).toMatch(/e-mail address/),
  );

  it.each(['李伟 Wei', '李伟wei123', ' 李伟-WEI '])('is not the name: %s', (password) =>
    expect(reasonAgainst(password, known)?.en).toMatch(/your name/),
  );

  it.each(['iDoctor2026', 'commercial', 'idoctor-commercial', 'radiology desk', 'RadiologyDesk1!'])(
    'is not the product: %s',
    (password) => expect(reasonAgainst(password, known)?.en).toMatch(/product/),
  );

  it.each(['li.wei likes correct horses', '20261201', '!!!!!!!!', 'weiwei-and-li', 'my idoctor account'])(
    'may be %s',
    (password) => expect(reasonAgainst(password, known)).toBeNull(),
  );

  it('may be anything but the address where there is no name', () => {
    expect(reasonAgainst('null', { ...known, displayName: null })).toBeNull();
  });
});
