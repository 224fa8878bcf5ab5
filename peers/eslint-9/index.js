import eslint from "eslint";

export default eslint;
