//! The room of staff: sign in, see the work, do it.

pub(crate) mod actions;
pub(crate) mod intake;
pub(crate) mod password_link;
pub(crate) mod request_page;
pub(crate) mod second_factor;
pub(crate) mod second_step;
pub(crate) mod sign_in;
pub(crate) mod style_page;
pub(crate) mod work_list;
