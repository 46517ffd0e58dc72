//! The room of staff: sign in, see the work, do it.

pub(crate) mod actions;
pub(crate) mod bulk;
pub(crate) mod go;
pub(crate) mod intake;
pub(crate) mod live;
mod near;
pub(crate) mod passkeys;
pub(crate) mod password_link;
mod presence;
pub(crate) mod request_page;
pub(crate) mod second_factor;
pub(crate) mod second_step;
mod selection;
pub(crate) mod sign_in;
pub(crate) mod style_page;
pub(crate) mod views;
pub(crate) mod work_list;
